namespace DaprMoE.Torch.Tests;

public sealed class TorchLibraryTests
{
    [Theory]
    [InlineData("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)", "GLIBCXX_3.4.32")]
    [InlineData("libtorch.so: cannot open shared object file: No such file or directory", "libtorch, which is not beside")]
    [InlineData("Unable to load shared library 'LibTorchSharp' or one of its dependencies.", "libtorch, which is not beside")]
    [InlineData("something else", "something else")]
    public void Explain_WhatTheLoaderSays_NamesWhatIsMissingAndWhoHasIt(string loaderMessage, string missing)
    {
        string sentence = TorchLibrary.Explain(loaderMessage);
        Assert.Contains(missing, sentence, StringComparison.Ordinal);
        Assert.Contains("Debian 13", sentence, StringComparison.Ordinal);
        Assert.Contains("Ubuntu 24.04", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void TryParse_KnownDevice_PrintsAsItIsNamed(string text, string name) =>
        Assert.Equal(name, TorchDevice.TryParse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1x")]
    public void TryParse_UnknownDevice_IsNull(string text) => Assert.Null(TorchDevice.TryParse(text));
}
