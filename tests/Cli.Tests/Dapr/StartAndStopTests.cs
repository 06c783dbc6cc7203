using System.Diagnostics;
using System.Runtime.Versioning;

namespace DaprMoE.Cli.Tests;

/// <summary>Real processes, in a folder of their own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StartAndStopTests : IDisposable
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private readonly string _root = Directory.CreateTempSubdirectory("daprmoe-up-").FullName;
    private readonly FakeMachine _machine = new() { Ports = [1] };

    private StartedProcesses Started => StartedProcesses.In(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Stop_PartThatWasStarted_EndsItAndForgetsIt()
    {
        await Starter().StartAsync(Part("redis", 1, "60"), "sleep", _stop);
        using Process process = Assert.Single(Started.Read()).Find()!;

        IReadOnlyList<StoppedPart> stopped = await new PartStopper(TimeProvider.System, _root).StopAsync();

        Assert.Equal([new StoppedPart("redis", process.Id, Killed: false)], stopped);
        Assert.True(process.HasExited);
        Assert.Empty(Started.Read());
    }

    [Fact]
    public async Task Stop_IdThatAnotherProcessHas_LeavesItAlone()
    {
        using Process other = Process.Start("sleep", ["60"]);
        Started.Add(new StartedProcess("redis", other.Id, new DateTimeOffset(other.StartTime).AddMinutes(-5)));

        Assert.Empty(await new PartStopper(TimeProvider.System, _root).StopAsync());

        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact]
    public async Task Start_PartEnds_NamesItsExitCodeAndItsLog()
    {
        CommandException fault = await Assert.ThrowsAsync<CommandException>(
            () => Starter().StartAsync(Part("scheduler", 2, "-c", "echo no place; exit 3"), "/bin/sh", _stop));
        Assert.Equal(ExitCodes.Unavailable, fault.ExitCode);
        Assert.Contains("scheduler ended with exit code 3", fault.Message, StringComparison.Ordinal);
        Assert.Equal("no place\n", await File.ReadAllTextAsync(Path.Combine(_root, ".dapr", "logs", "scheduler.log"), _stop));
    }

    [Fact]
    public async Task IsServing_ServicesStartedAndStopped_FollowsThem()
    {
        string dapr = Path.Combine(_root, "dapr");
        await File.WriteAllTextAsync(dapr, "#!/bin/sh\nexec sleep 60\n", _stop);
        File.SetUnixFileMode(dapr, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using Process services = Starter().StartServices(dapr, Path.Combine(_root, ".dapr", "bin", "daprd"));
        Assert.True(Started.IsServing);

        await new PartStopper(TimeProvider.System, _root).StopAsync();

        Assert.False(Started.IsServing);
    }

    [Fact]
    public void Read_FileThatListsNothing_SaysWhatToDo()
    {
        Started.Add(new StartedProcess("redis", 1, DateTimeOffset.UnixEpoch));
        File.WriteAllText(Path.Combine(_root, ".dapr", "daprmoe-up.json"), "{");
        CommandException fault = Assert.Throws<CommandException>(() => Started.Read());
        Assert.Contains("delete it", fault.Message, StringComparison.Ordinal);
    }

    private static BackgroundPart Part(string name, int port, params string[] arguments) =>
        new(name, [name], port, "") { Arguments = _ => arguments };

    private PartStarter Starter() => new(_machine, TimeProvider.System, _root);
}
