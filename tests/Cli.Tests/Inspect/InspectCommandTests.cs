namespace DaprMoE.Cli.Tests;

public sealed class InspectCommandTests
{
    [Fact]
    public async Task Model_Plain()
    {
        Snapshot.Match(Relative(await Run.Of("inspect")), "Inspect_Plain");
    }

    [Fact]
    public async Task Model_Json()
    {
        Snapshot.Match(Relative(await Run.Of("inspect", "--json")), "Inspect_Json");
    }

    [Fact]
    public async Task Model_WithDenseLayersAndShards()
    {
        Snapshot.Match(Relative(await Run.Of("inspect", "tests/fixtures/models/qwen3_moe-tail")), "Inspect_Tail");
        Snapshot.Match(Relative(await Run.Of("inspect", "tests/fixtures/models/qwen3_moe-sharded")), "Inspect_Sharded");
    }

    [Theory]
    [InlineData("tests", "config.json")]
    [InlineData("nowhere", "There is no folder")]
    public async Task Folder_ThatIsNone_SaysWhy(string folder, string why)
    {
        Run run = await Run.Of("inspect", folder);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private static string Relative(Run run)
    {
        Assert.Equal(0, run.ExitCode);
        return run.Out.Replace(Repository.Root, "ROOT", StringComparison.Ordinal);
    }
}
