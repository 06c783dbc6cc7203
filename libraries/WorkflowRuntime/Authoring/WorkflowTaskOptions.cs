namespace Dapr.Workflow;

/// <summary>How an activity or a child workflow is called.</summary>
/// <param name="RetryPolicy">What follows a failure; null: nothing.</param>
/// <param name="TargetAppId">The app that runs it; null: this one.</param>
public record WorkflowTaskOptions(WorkflowRetryPolicy? RetryPolicy = null, string? TargetAppId = null);
