namespace DaprMoE.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_IsOneLine()
    {
        Run run = await Run.Of("--version");

        Assert.Equal((0, "daprmoe 0.1.0\n"), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("--frobnicate")]
    public async Task UnknownWord_OneLineThatNamesIt_ExitCode2(string word)
    {
        Run run = await Run.Of(word);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Help_RequiredOptionMissing_IsShownAllTheSame()
    {
        Run help = await Run.Of("make-model", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--out", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_LongerThanTheModels_NamesBothAndIsRefused()
    {
        Run run = await Run.Of("complete", "x", "--context", "4096");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("4096", run.Error, StringComparison.Ordinal);
        Assert.Contains("1024", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWords_ShowsHelp()
    {
        Run bare = await Run.Of();
        Run help = await Run.Of("--help");

        Assert.Equal((0, help.Out), (bare.ExitCode, bare.Out));
        Assert.Contains("Exit codes:", help.Out, StringComparison.Ordinal);
    }
}
