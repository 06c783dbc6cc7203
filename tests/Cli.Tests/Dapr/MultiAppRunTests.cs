namespace DaprMoE.Cli.Tests;

public sealed class MultiAppRunTests
{
    [Fact]
    public void Read_Repository_HasEveryServiceWithItsPortsAndProgram()
    {
        MultiAppRun run = MultiAppRun.Read(Repository.Root);
        RunApp gateway = Assert.Single(run.Apps, app => app.AppId == "gateway");
        Assert.Contains(8080, gateway.Ports);
        Assert.Contains(3500, gateway.Ports);
        Assert.All(run.Apps, app => Assert.Equal((5, true), (app.Ports.Count, app.Program?.EndsWith(".dll", StringComparison.Ordinal))));
    }

    [Fact]
    public void Read_NoFile_SaysWhich()
    {
        CommandException fault = Assert.Throws<CommandException>(() => MultiAppRun.Read("/nowhere"));
        Assert.Contains("/nowhere/dapr/dapr.yaml", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, fault.ExitCode);
    }
}
