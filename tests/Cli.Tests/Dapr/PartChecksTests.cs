namespace DaprMoE.Cli.Tests;

public sealed class PartChecksTests
{
    private static readonly MultiAppRun Run = new([new RunApp("gateway", [8080, 3500], "Gateway.dll"), new RunApp("autoscaler", [7004], "Autoscaler.dll")]);

    private readonly FakeMachine _machine = new()
    {
        Files =
        [
            "/bin/dapr", "/home/.dapr/bin/daprd", "/bin/placement", "/bin/scheduler", "/bin/redis-server", "/bin/jaeger",
            "/root/Gateway.dll", "/root/Autoscaler.dll", "/root/models/tiny-moe/config.json",
        ],
    };

    [Fact]
    public async Task Run_AllInstalled_EveryPartIsOk()
    {
        IReadOnlyList<PartCheck> checks = await CheckAsync();
        Assert.Equal(["dapr", "daprd", "placement", "scheduler", "redis", "jaeger", "services", "model", "ports"], checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.Equal((PartState.Ok, null), (check.State, check.Remedy)));
    }

    [Theory]
    [InlineData("dapr", "/bin/dapr", "docs.dapr.io")]
    [InlineData("daprd", "/home/.dapr/bin/daprd", "dapr init --slim")]
    [InlineData("placement", "/bin/placement", "dapr init --slim")]
    [InlineData("scheduler", "/bin/scheduler", "dapr init --slim")]
    [InlineData("redis", "/bin/redis-server", "redis-server")]
    [InlineData("services", "/root/Autoscaler.dll", "dotnet build")]
    [InlineData("model", "/root/models/tiny-moe/config.json", "models")]
    public async Task Run_FileMissing_ThatPartIsMissingWithItsRemedy(string part, string file, string remedy)
    {
        _machine.Files.Remove(file);
        IReadOnlyList<PartCheck> checks = await CheckAsync();
        PartCheck missing = Assert.Single(checks, check => check.State != PartState.Ok);
        Assert.Equal((part, PartState.Missing), (missing.Name, missing.State));
        Assert.Contains(remedy, missing.Remedy, StringComparison.Ordinal);
        Assert.False(DoctorReport.Of(checks).Ready);
    }

    [Fact]
    public async Task Run_NoJaeger_IsReadyWithoutTraces()
    {
        _machine.Files.Remove("/bin/jaeger");
        IReadOnlyList<PartCheck> checks = await CheckAsync();
        PartCheck jaeger = Assert.Single(checks, check => check.State != PartState.Ok);
        Assert.Equal(PartState.Optional, jaeger.State);
        Assert.Contains("without traces", jaeger.Detail, StringComparison.Ordinal);
        Assert.True(DoctorReport.Of(checks).Ready);
    }

    [Fact]
    public async Task Run_PartAnswersAndIsNotInstalled_IsOk()
    {
        _machine.Files.Remove("/bin/redis-server");
        _machine.Ports.Add(6379);
        Assert.All(await CheckAsync(), check => Assert.Equal(PartState.Ok, check.State));
    }

    [Fact]
    public async Task Run_PortTaken_NamesItAndWhoWantsIt()
    {
        _machine.Ports.Add(7004);
        PartCheck ports = Assert.Single(await CheckAsync(), check => check.State == PartState.Missing);
        Assert.Equal("Others listen on 7004 (autoscaler).", ports.Detail);
        Assert.All(await CheckAsync(areUp: true), check => Assert.Equal(PartState.Ok, check.State));
    }

    private Task<IReadOnlyList<PartCheck>> CheckAsync(bool areUp = false)
    {
        Dictionary<string, string> variables = new() { ["HOME"] = "/home", ["PATH"] = "/bin" };
        return new PartChecks(_machine, new ProgramSearch(_machine, variables.GetValueOrDefault), "/root")
            .RunAsync(Run, areUp, TestContext.Current.CancellationToken);
    }
}
