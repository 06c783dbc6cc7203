using Dapr.Workflow.Protocol;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>
/// One recorded turn: what the sidecar sent and what the worker answered. The recorded worker numbers steps from 1; here they are numbered
/// from 0, as this library does.
/// </summary>
internal sealed record RecordedTurn(WorkflowRequest Request, WorkflowResponse Response)
{
    /// <summary>The turns of a run. Its answer is the next one of the run: a run has no two turns at once.</summary>
    public static IReadOnlyList<RecordedTurn> Of(string recording, string instance)
    {
        Recording all = Recording.Read(recording);
        WorkflowRequest[] requests = [.. all.All<WorkItem>("WorkItem")
            .Where(item => item.WorkflowRequest?.InstanceId == instance).Select(item => item.WorkflowRequest)];
        WorkflowResponse[] responses = [.. all.All<WorkflowResponse>("WorkflowResponse").Where(item => item.InstanceId == instance)];
        Assert.NotEmpty(requests);
        Assert.Equal(requests.Length, responses.Length);
        return [.. requests.Zip(responses, (request, response) => new RecordedTurn(Renumbered(request), Renumbered(response)))];
    }

    private static WorkflowRequest Renumbered(WorkflowRequest request)
    {
        foreach (HistoryEvent item in request.PastEvents.Concat(request.NewEvents))
        {
            Renumber(item);
        }

        return request;
    }

    private static void Renumber(HistoryEvent item)
    {
        item.EventId -= item.EventId > 0 ? 1 : 0;
        item.TaskCompleted?.TaskScheduledId -= 1;
        item.TaskFailed?.TaskScheduledId -= 1;
        item.TimerFired?.TimerId -= 1;
        item.ChildWorkflowInstanceCompleted?.TaskScheduledId -= 1;
        item.ChildWorkflowInstanceFailed?.TaskScheduledId -= 1;
    }

    private static WorkflowResponse Renumbered(WorkflowResponse response)
    {
        foreach (WorkflowAction action in response.Actions)
        {
            action.Id--;
        }

        return response;
    }
}
