using DaprMoE.Models;

namespace DaprMoE.Cli.Tests;

/// <summary>A model that is not packed yet.</summary>
public sealed class ModelOpeningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-cli-").FullName;

    public ModelOpeningTests()
    {
        RandomCheckpoint.Write(_folder, new RandomCheckpointOptions(), cancellationToken: TestContext.Current.CancellationToken);
        foreach (string name in new[] { "tokenizer.json", "tokenizer_config.json" })
        {
            File.Copy(Path.Combine(Repository.Root, "models", "tiny-moe", name), Path.Combine(_folder, name));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("complete", "Once")]
    [InlineData("chat", "Hello")]
    [InlineData("bench", "--triples", "1")]
    public async Task Packing_CtrlC_EndsItWithoutAPart(params string[] words)
    {
        Run run = await Run.Interrupted([.. words, "--model", _folder]);

        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        Assert.Empty(Directory.EnumerateFiles(_folder, "daprmoe.packed*"));
    }

    [Fact]
    public async Task Serve_CtrlCWhileAnotherProcessPacks_EndsAtOnce()
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        await using FileStream held = new(
            Path.Combine(_folder, "daprmoe.packed.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using CommandProcess server = CommandProcess.Start("serve", "--port", "0", "--model", _folder, "--verbose");
        while (await server.Error.ReadLineAsync(deadline.Token) is { } line && !line.Contains("Waiting for another process", StringComparison.Ordinal))
        {
        }

        (int exitCode, string error) = await server.EndBySignalAsync("INT", deadline.Token);

        Assert.Equal(0, exitCode);
        Assert.Contains("Stopped before the model was open", error, StringComparison.Ordinal);
    }
}
