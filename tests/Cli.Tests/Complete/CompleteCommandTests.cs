namespace DaprMoE.Cli.Tests;

public sealed class CompleteCommandTests
{
    [Fact]
    public async Task Text_Greedy_IsContinuedAlikeEachTime()
    {
        Run run = await Run.Of("complete", "Once upon a time", "--temperature", "0", "--max-tokens", "12");

        Assert.Equal(0, run.ExitCode);
        Snapshot.Match(run.Out, "Complete_OnceUponATime");
    }

    [Fact]
    public async Task Echo_PrintsTheTextFirst()
    {
        string[] words = ["complete", "Once upon a time", "--temperature", "0", "--max-tokens", "12"];

        Run plain = await Run.Of(words);
        Run echo = await Run.Of([.. words, "--echo"]);

        Assert.Equal("Once upon a time" + plain.Out, echo.Out);
    }

    [Fact]
    public async Task Text_Empty_IsRefused()
    {
        Run run = await Run.Of("complete", "");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("empty", run.Error, StringComparison.Ordinal);
    }
}
