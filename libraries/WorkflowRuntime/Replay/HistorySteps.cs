using Dapr.Workflow.Protocol;
using Kind = Dapr.Workflow.Protocol.HistoryEvent.EventTypeOneofCase;

namespace Dapr.Workflow;

/// <summary>What a history event says about steps.</summary>
internal static class HistorySteps
{
    /// <exception cref="NonDeterministicWorkflowException">The code has another step than the history.</exception>
    public static void Apply(HistoryEvent item, Steps steps)
    {
        switch (item.EventTypeCase)
        {
            case Kind.TaskScheduled:
                steps.Confirm(item.EventId, StepKind.Activity, item.TaskScheduled.Name);
                break;
            case Kind.ChildWorkflowInstanceCreated:
                steps.Confirm(item.EventId, StepKind.ChildWorkflow, item.ChildWorkflowInstanceCreated.Name);
                break;
            case Kind.TimerCreated:
                steps.Confirm(item.EventId, StepKind.Timer, "");
                break;
            case Kind.TimerFired:
                steps.End(item.TimerFired.TimerId, default);
                break;
            default:
                ApplyEnd(item, steps);
                break;
        }
    }

    /// <summary>Events that no code of this library waits for, raised ones among them, change nothing.</summary>
    private static void ApplyEnd(HistoryEvent item, Steps steps)
    {
        switch (item.EventTypeCase)
        {
            case Kind.TaskCompleted:
                steps.End(item.TaskCompleted.TaskScheduledId, new StepResult(item.TaskCompleted.Result));
                break;
            case Kind.TaskFailed:
                steps.End(item.TaskFailed.TaskScheduledId, new StepResult(null, item.TaskFailed.FailureDetails));
                break;
            case Kind.ChildWorkflowInstanceCompleted:
                ChildWorkflowInstanceCompletedEvent done = item.ChildWorkflowInstanceCompleted;
                steps.End(done.TaskScheduledId, new StepResult(done.Result));
                break;
            case Kind.ChildWorkflowInstanceFailed:
                ChildWorkflowInstanceFailedEvent failed = item.ChildWorkflowInstanceFailed;
                steps.End(failed.TaskScheduledId, new StepResult(null, failed.FailureDetails));
                break;
            default:
                break;
        }
    }
}
