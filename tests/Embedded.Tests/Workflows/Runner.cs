using System.Diagnostics;
using Dapr.Workflow;
using DaprMoE.Ports;
using DaprMoE.Ports.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Embedded.Tests.Workflows;

/// <summary>A process that runs the test's workflows; another one over the same state is its restart.</summary>
internal sealed class Runner : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _provider;

    public Runner(IStateStore? state = null, InProcessWorkflowOptions? options = null, Log? log = null)
    {
        State = state ?? new MemoryState();
        Log = log ?? new Log();
        _provider = new ServiceCollection().AddSingleton(Log).AddSingleton<TimeProvider>(Clock).BuildServiceProvider();
        Workflows = new InProcessWorkflows(
            Registrations(), State, _provider, options ?? new InProcessWorkflowOptions(), Clock, NullLoggerFactory.Instance);
    }

    public IStateStore State { get; }

    public Log Log { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public InProcessWorkflows Workflows { get; }

    public async Task<WorkflowRun> RunAsync<TWorkflow>(object? input, string id = "run")
    {
        Assert.True(await Workflows.StartAsync(typeof(TWorkflow).Name, id, input, TestContext.Current.CancellationToken));
        return await EndAsync(id);
    }

    /// <summary>Lets a second of the clock pass again and again until the run has ended.</summary>
    public async Task<WorkflowRun> EndAsync(string id = "run")
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            WorkflowRun? run = await Workflows.GetAsync(id, TestContext.Current.CancellationToken);
            if (run is null or { HasEnded: true })
            {
                return run ?? throw new InvalidOperationException($"There is no run '{id}'.");
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Run '{id}' does not end: {run}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
            Clock.Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>Stops the runs where they are; then the activity at the gate may end, too late.</summary>
    public async ValueTask DisposeAsync()
    {
        ValueTask stopped = Workflows.DisposeAsync();
        Log.Gate.TrySetResult();
        await stopped;
        await _provider.DisposeAsync();
    }

    private static WorkflowRuntimeOptions Registrations()
    {
        WorkflowRuntimeOptions options = new();
        options.RegisterWorkflow<SumSquares>();
        options.RegisterWorkflow<Retrying>();
        options.RegisterWorkflow<Sleeper>();
        options.RegisterWorkflow<Gated>();
        options.RegisterWorkflow<Parent>();
        options.RegisterWorkflow<Failing>();
        options.RegisterWorkflow<CallsNobody>();
        options.RegisterActivity<SquareActivity>();
        options.RegisterActivity<FlakyActivity>();
        options.RegisterActivity<GatedActivity>();
        options.RegisterActivity<NoteActivity>();
        return options;
    }
}
