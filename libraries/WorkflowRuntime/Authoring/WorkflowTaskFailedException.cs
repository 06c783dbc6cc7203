namespace Dapr.Workflow;

/// <summary>An activity or a child workflow failed; thrown where the workflow awaits it.</summary>
/// <param name="message">The text for people.</param>
/// <param name="failureDetails">What it failed with.</param>
public class WorkflowTaskFailedException(string message, WorkflowTaskFailureDetails failureDetails) : Exception(message)
{
    /// <summary>What it failed with.</summary>
    public WorkflowTaskFailureDetails FailureDetails { get; } =
        failureDetails ?? throw new ArgumentNullException(nameof(failureDetails));
}
