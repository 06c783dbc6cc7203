using System.Diagnostics;
using System.Text.Json;
using DaprMoE.Embedded;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Workflows.Tests;

/// <summary>A process that rolls plans out over a <see cref="Cluster"/>; another one over the same cluster is its restart.</summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _provider;
    private readonly InProcessWorkflows _workflows;

    public Orchestrator(Cluster cluster)
    {
        _provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<IStateStore>(new TestState(cluster.State, Calls))
            .AddSingleton<IEventBus>(new TestEvents(Calls, cluster.Published))
            .AddSingleton<IExpertControl>(new TestControl(cluster.Devices, Calls))
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddWorkflowActivities()
            .AddInProcessWorkflows(WorkflowRegistrations.Register, new InProcessWorkflowOptions { StopTimeout = TimeSpan.Zero })
            .BuildServiceProvider();
        _workflows = _provider.GetRequiredService<InProcessWorkflows>();
    }

    public PortCalls Calls { get; } = new();

    /// <summary>Called again and again while a rollout runs.</summary>
    public Action<WorkflowRun> Meanwhile { get; set; } = _ => { };

    public async Task StartAsync(long version) => Assert.True(await _workflows.StartAsync(
        nameof(PlanRollout),
        Id(version),
        new RolloutRequest(version)
        {
            WarmTimeout = TimeSpan.FromSeconds(2),
            Grace = TimeSpan.FromMilliseconds(100),
            EvictTimeout = TimeSpan.FromSeconds(2),
        },
        TestContext.Current.CancellationToken));

    public Task ResumeAsync() => _workflows.ResumeAsync(TestContext.Current.CancellationToken);

    public async Task<RolloutResult> RollOutAsync(long version)
    {
        await StartAsync(version);
        return await EndAsync(version) ?? throw new InvalidOperationException("The rollout is forgotten.");
    }

    /// <summary>Lets time pass until the rollout has ended, or its process is killed; null then, and when it was not under way.</summary>
    public async Task<RolloutResult?> EndAsync(long version)
    {
        long began = Stopwatch.GetTimestamp();
        while (!Calls.Killed.Task.IsCompleted)
        {
            WorkflowRun? run = await _workflows.GetAsync(Id(version), TestContext.Current.CancellationToken);
            if (run is null or { HasEnded: true })
            {
                Assert.Null(run?.Failure);
                return run is null ? null : JsonSerializer.Deserialize<RolloutResult>(run.Output!, JsonSerializerOptions.Web);
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"{run} does not end after {string.Join(", ", Calls.Log)}");
            Meanwhile(run);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _workflows.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private static string Id(long version) => $"rollout-{version}";
}
