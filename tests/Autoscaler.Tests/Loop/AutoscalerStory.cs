using DaprMoE.Embedded;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>An autoscaler over embedded state and events and a clock that stands still; each step is one look.</summary>
internal sealed class AutoscalerStory : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-autoscaler-").FullName;
    private readonly ServiceProvider _services;
    private readonly AutoscalerOptions _options;

    private readonly IPlanRollout? _rollout;

    public AutoscalerStory(string policy = "auto", int slots = 37, IPlanRollout? rollout = null)
    {
        _rollout = rollout;
        _options = new AutoscalerOptions { Policy = policy };
        Policy = new ActivePolicy(policy);
        Box.Set(slots, "host-0", "host-1", "host-2", "host-3");
        _services = new ServiceCollection().AddMetrics().AddSingleton<AutoscalerMetrics>().BuildServiceProvider();
        Restart();
    }

    public FakeTimeProvider Clock { get; } = new();

    public FakeBox Box { get; } = new();

    public ActivePolicy Policy { get; }

    public ChannelEventBus Bus { get; } = new();

    public SqliteStateStore State { get; private set; } = null!;

    public AutoscalerLoop Loop { get; private set; } = null!;

    public List<string> Logged { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A new process over the same file.</summary>
    public void Restart()
    {
        State?.Dispose();
        State = SqliteStateStore.Open(Path.Combine(_folder, "state.db"));
        Loop = new AutoscalerLoop(
            State,
            Box,
            _rollout ?? new SwitchAtOnce(State, Bus),
            Policy,
            Clock,
            Options.Create(_options),
            _services.GetRequiredService<AutoscalerMetrics>(),
            new ListLogger<AutoscalerLoop>(Logged));
    }

    public async Task<PlanDocument?> PlanAsync() => (await new PlanStore(State).ReadAsync(Cancel))?.Plan;

    public async Task<PlanDocument?> LookAsync() => await Loop.StepAsync(Cancel);

    /// <summary>Seconds of traffic, a window and a look each.</summary>
    /// <returns>The windows after which there was a new plan.</returns>
    public async Task<List<long>> RunAsync(Traffic traffic, int seconds)
    {
        List<long> changes = [];
        for (int i = 0; i < seconds; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            LoadWindow window = traffic.Next(Clock.GetUtcNow());
            await new LoadWindowLog(State, "gateway").WriteAsync(window, Cancel);
            if (await LookAsync() is not null)
            {
                changes.Add(window.Version);
            }
        }

        return changes;
    }

    public void Dispose()
    {
        State.Dispose();
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
