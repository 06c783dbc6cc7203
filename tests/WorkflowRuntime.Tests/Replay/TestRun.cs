using Dapr.Workflow;
using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>The sidecar's side of one run: commits what each turn asks for and brings the next events.</summary>
internal sealed class TestRun(
    Action<WorkflowRuntimeOptions> register, string workflow, string? input = null, ILoggerFactory? loggers = null)
{
    private readonly List<HistoryEvent> _past = [];
    private DateTime _now = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>What was committed.</summary>
    public IReadOnlyList<HistoryEvent> Past => _past;

    public void PassTime(TimeSpan time) => _now += time;

    /// <summary>The first turn.</summary>
    public WorkflowResponse Begin() => Turn(new HistoryEvent
    {
        EventId = -1,
        ExecutionStarted = new ExecutionStartedEvent
        {
            Name = workflow,
            Input = input,
            WorkflowInstance = new WorkflowInstance { InstanceId = "run", ExecutionId = "e" },
        },
    });

    public WorkflowResponse Complete(int task, string? result) =>
        Turn(new HistoryEvent { EventId = -1, TaskCompleted = new TaskCompletedEvent { TaskScheduledId = task, Result = result } });

    public WorkflowResponse Fail(int task, string message, bool isNonRetriable = false) => Turn(new HistoryEvent
    {
        EventId = -1,
        TaskFailed = new TaskFailedEvent
        {
            TaskScheduledId = task,
            FailureDetails = new TaskFailureDetails { ErrorType = "T", ErrorMessage = message, IsNonRetriable = isNonRetriable },
        },
    });

    public WorkflowResponse Fire(int timer) =>
        Turn(new HistoryEvent { EventId = -1, TimerFired = new TimerFiredEvent { TimerId = timer } });

    /// <summary>A turn with events of the inbox.</summary>
    public WorkflowResponse Turn(params HistoryEvent[] events)
    {
        WorkflowRequest request = new() { InstanceId = "run" };
        request.PastEvents.AddRange(_past);
        request.NewEvents.Add(new HistoryEvent { EventId = -1, WorkflowStarted = new WorkflowStartedEvent() });
        request.NewEvents.AddRange(events);
        foreach (HistoryEvent item in request.NewEvents)
        {
            item.Timestamp = Timestamp.FromDateTime(_now);
        }

        WorkflowResponse response = Turns.Run(request, register, loggers);
        _past.AddRange(request.NewEvents);
        _past.AddRange(response.Actions.Select(Committed).OfType<HistoryEvent>());
        return response;
    }

    private HistoryEvent? Committed(WorkflowAction action)
    {
        HistoryEvent item = new() { EventId = action.Id, Timestamp = Timestamp.FromDateTime(_now) };
        switch (action.WorkflowActionTypeCase)
        {
            case WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask:
                item.TaskScheduled = new TaskScheduledEvent { Name = action.ScheduleTask.Name, Input = action.ScheduleTask.Input };
                return item;
            case WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer:
                item.TimerCreated = new TimerCreatedEvent { FireAt = action.CreateTimer.FireAt };
                return item;
            case WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow:
                item.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent { Name = action.CreateChildWorkflow.Name };
                return item;
            default:
                return null;
        }
    }
}
