using Dapr.Workflow.Protocol;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>
/// One turn of a run: the workflow's code runs from its beginning over the whole history; what it asks for beyond that is the answer.
/// </summary>
internal sealed class Turn(WorkflowRequest request, WorkflowRegistry registry, IServiceProvider services, ILoggerFactory loggers)
{
    private readonly TurnDispatcher _dispatcher = new();
    private readonly Queue<(HistoryEvent Event, bool Replaying)> _whileSuspended = [];
    private ReplayContext? _context;
    private Task<object?>? _code;
    private Exception? _fault;
    private ExecutionTerminatedEvent? _terminated;
    private DateTime _now;
    private bool _suspended;
    private bool _wasSuspended;

    /// <summary>Runs the turn.</summary>
    public WorkflowResponse Run()
    {
        try
        {
            ApplyAll(request.PastEvents, replaying: true);
            if (!_wasSuspended)
            {
                // Actions that were withheld while the run was suspended are not in the history, so then nothing can be said.
                _context?.Steps.RequireAllConfirmed();
            }

            ApplyAll(request.NewEvents, replaying: false);
            RequireOwnTasks();
        }
        catch (NonDeterministicWorkflowException exception)
        {
            _fault = exception;
        }

        WorkflowResponse response = new() { InstanceId = request.InstanceId, CustomStatus = _context?.CustomStatus };
        response.Actions.AddRange(Actions());
        return response;
    }

    private void ApplyAll(IEnumerable<HistoryEvent> events, bool replaying)
    {
        foreach (HistoryEvent item in events)
        {
            ApplyOrKeep(item, replaying);
        }
    }

    private void ApplyOrKeep(HistoryEvent item, bool replaying)
    {
        if (_terminated is not null)
        {
            return;
        }

        switch (item.EventTypeCase)
        {
            case HistoryEvent.EventTypeOneofCase.ExecutionTerminated:
                _terminated = item.ExecutionTerminated;
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionSuspended:
                _suspended = _wasSuspended = true;
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionResumed:
                Resume();
                break;
            default:
                Keep(item, replaying);
                break;
        }
    }

    private void Keep(HistoryEvent item, bool replaying)
    {
        if (_suspended)
        {
            _whileSuspended.Enqueue((item, replaying));
        }
        else
        {
            _dispatcher.Run(() => Apply(item, replaying));
        }
    }

    private void Resume()
    {
        _suspended = false;
        while (_whileSuspended.TryDequeue(out (HistoryEvent Event, bool Replaying) kept))
        {
            _dispatcher.Run(() => Apply(kept.Event, kept.Replaying));
        }
    }

    private void Apply(HistoryEvent item, bool replaying)
    {
        if (item.EventTypeCase == HistoryEvent.EventTypeOneofCase.WorkflowStarted)
        {
            _now = item.Timestamp.ToDateTime();
        }

        if (_context is not null)
        {
            (_context.Now, _context.Replaying) = (_now, replaying);
        }

        if (item.EventTypeCase == HistoryEvent.EventTypeOneofCase.ExecutionStarted)
        {
            Start(item.ExecutionStarted, replaying);
        }
        else if (_context is not null)
        {
            HistorySteps.Apply(item, _context.Steps);
        }
    }

    private void Start(ExecutionStartedEvent started, bool replaying)
    {
        _context = new ReplayContext(request.InstanceId, started, _dispatcher, loggers) { Now = _now, Replaying = replaying };
        try
        {
            _code = registry.TryCreateWorkflow(started.Name, services, out IWorkflow? workflow)
                ? workflow.RunAsync(_context, Payload.Read(started.Input, workflow.InputType))
                : throw new InvalidOperationException(
                    $"There is no workflow '{started.Name}' in this app; registered are {Names(registry.Workflows)}.");
        }
        catch (Exception exception)
        {
            _fault = exception;
        }
    }

    /// <summary>Code that waits while none of its steps is open waits for something that the history never brings.</summary>
    private void RequireOwnTasks()
    {
        if (_code is { IsCompleted: false } && _context is { Steps.AnyOpen: false } && !_suspended && _terminated is null)
        {
            _fault = new InvalidOperationException(
                $"Workflow '{_context.Name}' awaits a task that is not of its context, so it could never go on. Such work belongs in an "
                + "activity.");
        }
    }

    private IEnumerable<WorkflowAction> Actions()
    {
        if (_terminated is not null)
        {
            return [Completions.Terminated(NextId, _terminated)];
        }

        return _fault is not null ? [Completions.Failed(NextId, _fault)]
            : _suspended ? []
            : _code is { IsCompleted: true } ? [.. _context!.Steps.NewActions, Completions.Of(NextId, _code)]
            : _context?.Steps.NewActions ?? [];
    }

    private int NextId => _context?.Steps.NextId ?? 0;

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}
