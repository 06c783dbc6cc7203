// Timings are compared: tests that run beside one another would disturb them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(DaprMoE.ExpertHost.Tests.TinyMoeRun))]

namespace DaprMoE.ExpertHost.Tests;

/// <summary>The plain run of the bundled model that failures are compared with, and a host that never fails; made once.</summary>
public sealed class TinyMoeRun : IAsyncLifetime
{
    public const int Generations = 8;
    public const int Tokens = 100;

    private HostProcess? _host;

    internal PlainRun Plain { get; private set; } = null!;

    /// <summary>Where the host listens; its name is <c>host-0</c>.</summary>
    public Uri Host => _host!.Address;

    public async ValueTask InitializeAsync()
    {
        string folder = Repository.Model("tiny-moe");
        Plain = await PlainRun.OfAsync(folder, Generations, Tokens);
        _host = await HostProcess.StartAsync(folder, "host-0");
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
