using DaprMoE.Inference;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>Hosts and connections fail in the middle of eight generations; all finish with the bits of the plain run.</summary>
public sealed class FailureTests(TinyMoeRun tiny)
{
    private const double MostStallSeconds = 0.4;
    private const int StepsBefore = 120;

    private static readonly string Folder = Repository.Model("tiny-moe");

    [Fact]
    public async Task Generations_HostKilled_GoOnElsewhere_AndItRejoins()
    {
        await using HostProcess second = await HostProcess.StartAsync(Folder, "host-1");
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [tiny.Host, second.Address]);
        ulong life = engine.Hosts.Hosts[1].Incarnation;

        await RunAsync(engine, second.Kill);
        Assert.False(engine.Hosts.Hosts[1].IsAlive);
        Assert.Equal([0], engine.Hosts.Routes.Current.Alive.ToArray());

        await using HostProcess again = await HostProcess.StartAsync(Folder, "host-1", ("URLS", second.Address.GetLeftPart(UriPartial.Authority)));
        await Wait.UntilAsync(() => engine.Hosts.Hosts[1].IsAlive);
        Assert.NotEqual(life, engine.Hosts.Hosts[1].Incarnation);
        await RunAsync(engine, () => { });
        Assert.True(engine.Hosts.Hosts[1].IsAlive);
    }

    [Fact]
    public async Task Generations_HostStopped_LeaveIt_AndItRejoinsWhenItGoesOn()
    {
        await using HostProcess second = await HostProcess.StartAsync(Folder, "host-1");
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [tiny.Host, second.Address]);

        await RunAsync(engine, () => second.Signal("STOP"));
        Assert.False(engine.Hosts.Hosts[1].IsAlive);

        second.Signal("CONT");
        await Wait.UntilAsync(() => engine.Hosts.Hosts[1].IsAlive);
        await RunAsync(engine, () => { });
    }

    [Fact]
    public async Task Generations_HostTerminated_LoseNoCall()
    {
        await using HostProcess second = await HostProcess.StartAsync(Folder, "host-1");
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [tiny.Host, second.Address]);

        await RunAsync(engine, () => second.Signal("TERM"));
        (int exitCode, string errors) = await second.WaitForExitAsync();
        Assert.Equal((0, ""), (exitCode, errors));
    }

    [Fact]
    public async Task Generations_ConnectionsReset_GoOn_AndTheHostRejoins()
    {
        await using HostProcess second = await HostProcess.StartAsync(Folder, "host-1");
        await using FaultyProxy proxy = new(second.Address);
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [tiny.Host, proxy.Address]);

        await RunAsync(engine, proxy.Reset);
        await Wait.UntilAsync(() => engine.Hosts.Hosts[1].IsAlive);
        await RunAsync(engine, () => { });
    }

    [Fact]
    public async Task Generations_ConnectionsHalfOpen_LeaveTheHost()
    {
        await using HostProcess second = await HostProcess.StartAsync(Folder, "host-1");
        await using FaultyProxy proxy = new(second.Address);
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [tiny.Host, proxy.Address]);

        await RunAsync(engine, proxy.Freeze);
        Assert.False(engine.Hosts.Hosts[1].IsAlive);
        proxy.Thaw();
        await Wait.UntilAsync(() => engine.Hosts.Hosts[1].IsAlive);
    }

    [Fact]
    public async Task Generations_ConnectionSlow_KeepTheHost()
    {
        await using FaultyProxy proxy = new(tiny.Host);
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [proxy.Address]);
        await RunAsync(engine, () => proxy.Delay = TimeSpan.FromMilliseconds(3));
        Assert.True(engine.Hosts.Hosts[0].IsAlive);
    }

    [Fact]
    public async Task Generations_AllHostsGone_FailRetryably_AndGoOnWhenOneIsBack()
    {
        await using HostProcess host = await HostProcess.StartAsync(Folder, "host-0");
        await using HostedEngine engine = await HostedEngine.StartAsync(Folder, [host.Address]);
        host.Kill();
        await Wait.UntilAsync(() => !engine.Hosts.Hosts[0].IsAlive);

        Generation lost = engine.Start(index: 0, tokens: 4);
        await lost.ReadAllAsync(TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);
        Assert.IsType<ExpertsUnavailableException>(lost.Error);

        await using HostProcess again = await HostProcess.StartAsync(Folder, "host-0", ("URLS", host.Address.GetLeftPart(UriPartial.Authority)));
        await Wait.UntilAsync(() => engine.Hosts.Hosts[0].IsAlive);
        Assert.Equal(tiny.Plain.Tokens[0], await Prompts.ReadAsync(engine.Start(index: 0, TinyMoeRun.Tokens)));
    }

    /// <summary>Runs the generations together, lets the fault happen among them, and compares.</summary>
    private async Task RunAsync(HostedEngine engine, Action fault)
    {
        StepGaps gaps = new();
        int firstSequence = engine.Started;
        Task<int[]>[] running =
            [.. Enumerable.Range(0, TinyMoeRun.Generations).Select(i => Prompts.ReadAsync(engine.Start(i, TinyMoeRun.Tokens), gaps.Step))];
        await Wait.UntilAsync(() => gaps.Steps > StepsBefore);
        gaps.Fault();
        fault();
        int[][] tokens = await Task.WhenAll(running);

        Assert.Equal(tiny.Plain.Tokens, tokens);
        Assert.Equal(tiny.Plain.Logits.Hashes, engine.Logits.From(firstSequence, TinyMoeRun.Generations));
        Assert.Equal(0, engine.Logits.Contradictions);
        TestContext.Current.SendDiagnosticMessage($"stall {gaps.Stall:0.000} s, usual {gaps.Usual:0.000} s");
        Assert.InRange(gaps.Stall, 0, MostStallSeconds + gaps.Usual);
    }
}
