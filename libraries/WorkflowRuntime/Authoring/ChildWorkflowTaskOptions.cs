namespace Dapr.Workflow;

/// <summary>How a child workflow is called.</summary>
/// <param name="InstanceId">Its id; null: one made from the parent's.</param>
/// <param name="RetryPolicy">What follows a failure; null: nothing.</param>
/// <param name="TargetAppId">The app that runs it; null: this one.</param>
public record ChildWorkflowTaskOptions(string? InstanceId = null, WorkflowRetryPolicy? RetryPolicy = null, string? TargetAppId = null)
    : WorkflowTaskOptions(RetryPolicy, TargetAppId);
