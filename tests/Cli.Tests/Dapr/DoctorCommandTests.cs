using System.Text.Json;

namespace DaprMoE.Cli.Tests;

/// <summary><c>doctor</c>, <c>up</c> and <c>down</c> where nothing of Dapr is found: these tests give no variables.</summary>
public sealed class DoctorCommandTests
{
    [Fact]
    public async Task Doctor_NothingInstalled_SaysHowToGetIt()
    {
        Run run = await Run.Of("doctor");
        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.Matches(@"dapr +MISSING +There is no dapr in .*install-dapr-cli", run.Out);
        Assert.Matches(@"model +ok", run.Out);
    }

    [Fact]
    public async Task Doctor_Json_HasAnObjectForEachPart()
    {
        using JsonDocument report = JsonDocument.Parse((await Run.Of("doctor", "--json")).Out);
        Assert.False(report.RootElement.GetProperty("ready").GetBoolean());
        JsonElement daprd = report.RootElement.GetProperty("parts")[1];
        Assert.Equal(("daprd", "missing"), (daprd.GetProperty("name").GetString(), daprd.GetProperty("state").GetString()));
        Assert.Contains("dapr init", daprd.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_NothingInstalled_StartsNothingAndSaysAllOfIt()
    {
        Run run = await Run.Of("up");
        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
        Assert.Contains("There is no dapr in", run.Error, StringComparison.Ordinal);
        Assert.Contains("There is no daprd in", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Started", run.Error, StringComparison.Ordinal);
    }
}
