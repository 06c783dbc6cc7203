using System.Collections.Concurrent;
using Dapr.Workflow;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Embedded;

/// <summary>
/// Runs workflows within this process: the classes that run on Dapr, unchanged. Runs that were under way when an earlier process ended
/// begin again from their stored input, so activities have to be idempotent, as they have to be on Dapr.
/// </summary>
public sealed partial class InProcessWorkflows : IWorkflowStarter, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, InProcessRun> _runs = new(StringComparer.Ordinal);
    private readonly WorkflowClasses _classes;
    private readonly ActivityRunner _activities;
    private readonly RunServices _services;
    private readonly OpenRuns _open;
    private readonly EndedRuns _ended;
    private readonly IServiceProvider _provider;
    private readonly InProcessWorkflowOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _starting = new();
    private volatile bool _isStopping;
    private TaskCompletionSource? _stopped;

    /// <param name="registrations">The workflows and activities.</param>
    /// <param name="state">Keeps the runs that are under way.</param>
    /// <param name="provider">Makes the classes; activities in a scope of each call.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Makes the loggers.</param>
    /// <param name="ready">Completes when what activities need is there; until then runs are taken and wait. Null: at once.</param>
    public InProcessWorkflows(
        WorkflowRuntimeOptions registrations,
        IStateStore state,
        IServiceProvider provider,
        InProcessWorkflowOptions options,
        TimeProvider time,
        ILoggerFactory loggers,
        Func<CancellationToken, Task>? ready = null)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        (_provider, _options, _logger) = (provider, options, loggers.CreateLogger<InProcessWorkflows>());
        _classes = new WorkflowClasses(registrations);
        _activities = new ActivityRunner(_classes, provider.GetRequiredService<IServiceScopeFactory>(), options, time);
        _services = new RunServices(_activities, RunChildAsync, loggers, time, ready ?? (_ => Task.CompletedTask));
        _open = new OpenRuns(state);
        _ended = new EndedRuns(options.KeptRuns);
    }

    /// <summary>Begins again what an earlier process left under way. Call it once, before anything is started.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The runs that were begun again.</returns>
    /// <exception cref="StateStoreException">What was left can't be read.</exception>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        int begun = 0;
        foreach (OpenRun left in await _open.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!_classes.TryCreateWorkflow(left.Workflow, _provider, out IWorkflow? code))
            {
                LogUnknown(left.Id, left.Workflow);
                continue;
            }

            if (TryTake(new InProcessRun(left.Workflow, left.Id, left.Input)) is { } run)
            {
                await _open.AddAsync(left, cancellationToken).ConfigureAwait(false);
                _ = FollowAsync(run, code);
                LogBegunAgain(left.Id, left.Workflow);
                begun++;
            }
        }

        return begun;
    }

    /// <inheritdoc/>
    public async Task<bool> StartAsync(string workflow, string id, object? input, CancellationToken cancellationToken)
    {
        _classes.RequireWorkflow(workflow);
        RunIds.Require(id);
        InProcessRun? run = TryTake(new InProcessRun(workflow, id, WorkflowJson.Write(input)));
        if (run is null)
        {
            return false;
        }

        try
        {
            await _open.AddAsync(new OpenRun(id, workflow, run.Input), cancellationToken).ConfigureAwait(false);
            _classes.TryCreateWorkflow(workflow, _provider, out IWorkflow? code);
            _ = FollowAsync(run, code!);
            return true;
        }
        catch
        {
            _runs.TryRemove(id, out _);
            run.Leave();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<WorkflowRun?> GetAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(_runs.TryGetValue(id, out InProcessRun? run) ? run.Snapshot : _ended.Find(id));

    /// <inheritdoc/>
    public async Task TerminateAsync(string id, CancellationToken cancellationToken)
    {
        if (_runs.TryGetValue(id, out InProcessRun? run))
        {
            run.Stop();
            await run.Left.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops all runs where they are; the next process begins them again. A second call waits for the first one's end.</summary>
    public async ValueTask DisposeAsync()
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        InProcessRun[] runs = [];
        TaskCompletionSource first;
        lock (_starting)
        {
            if (!_isStopping)
            {
                (_isStopping, _stopped) = (true, stopped);
                runs = [.. _runs.Values];
            }

            first = _stopped!;
        }

        if (first != stopped)
        {
            await first.Task.ConfigureAwait(false);
            return;
        }

        await StopAsync(runs).ConfigureAwait(false);
        stopped.SetResult();
    }

    private async Task StopAsync(InProcessRun[] runs)
    {
        foreach (InProcessRun run in runs)
        {
            run.Stop();
        }

        using CancellationTokenSource limit = new(_options.StopTimeout, _services.Time);
        Task left = Task.WhenAll(runs.Select(run => run.Left));
        await left.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _activities.DrainAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes a place for a run; null when one of this id is under way.</summary>
    private InProcessRun? TryTake(InProcessRun run)
    {
        lock (_starting)
        {
            if (_isStopping || _runs.Count >= _options.MaxRuns)
            {
                throw new WorkflowStartException(_isStopping
                    ? $"Workflow '{run.Workflow}' can't be started: the process is stopping."
                    : $"Workflow '{run.Workflow}' can't be started: {_runs.Count} runs are under way, as many as may be. Try again later.");
            }

            return _runs.TryAdd(run.Id, run) ? run : null;
        }
    }

    private async Task FollowAsync(InProcessRun run, IWorkflow code)
    {
        WorkflowRun ended = await run.RunAsync(code, _services, _options.RunTimeout).ConfigureAwait(false);
        if (ended.Failure is { } failure)
        {
            LogFailed(ended.Id, ended.Workflow, failure);
        }

        bool isCutOff = _isStopping && ended.Status == WorkflowRunStatus.Terminated;
        if (!isCutOff)
        {
            await ForgetAsync(run.Id).ConfigureAwait(false);
            _ended.Add(ended);
        }

        _runs.TryRemove(run.Id, out _);
        run.Leave();
    }

    /// <summary>A run that has ended and stays in state is run once more after a restart; that is allowed, so it is only logged.</summary>
    private async Task ForgetAsync(string id)
    {
        try
        {
            await _open.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StateStoreException exception)
        {
            LogNotForgotten(exception, id);
        }
    }

    private async Task<string?> RunChildAsync(string workflow, string id, string? input, CancellationToken parentStopped)
    {
        if (!_classes.TryCreateWorkflow(workflow, _provider, out IWorkflow? code))
        {
            _classes.RequireWorkflow(workflow);
        }

        using InProcessRun child = new(workflow, id, input);
        using CancellationTokenRegistration stop = parentStopped.Register(child.Stop);
        WorkflowRun ended = await child.RunAsync(code!, _services, _options.RunTimeout).ConfigureAwait(false);
        parentStopped.ThrowIfCancellationRequested();
        return ended.Failure is { } failure ? throw new InvalidOperationException(failure) : ended.Output;
    }
}
