using Dapr.Workflow.Protocol;

namespace Dapr.Workflow;

/// <summary>The actions that end a run.</summary>
internal static class Completions
{
    /// <summary>The end of code that has run to its end.</summary>
    public static WorkflowAction Of(int id, Task<object?> code)
    {
        if (!code.IsCompletedSuccessfully)
        {
            return Failed(id, code.Exception?.InnerException ?? new TaskCanceledException(code));
        }

        try
        {
            return Action(id, new CompleteWorkflowAction
            {
                WorkflowStatus = OrchestrationStatus.Completed,
                Result = Payload.Write(code.Result),
            });
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or NotSupportedException)
        {
            return Failed(id, exception);
        }
    }

    public static WorkflowAction Failed(int id, Exception exception) => Action(id, new CompleteWorkflowAction
    {
        WorkflowStatus = OrchestrationStatus.Failed,
        FailureDetails = Failures.ToDetails(exception),
    });

    public static WorkflowAction Terminated(int id, ExecutionTerminatedEvent terminated) => Action(id, new CompleteWorkflowAction
    {
        WorkflowStatus = OrchestrationStatus.Terminated,
        Result = terminated.Input,
    });

    private static WorkflowAction Action(int id, CompleteWorkflowAction completion) => new() { Id = id, CompleteWorkflow = completion };
}
