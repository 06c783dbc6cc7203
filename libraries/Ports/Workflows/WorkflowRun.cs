namespace DaprMoE.Ports;

/// <summary>A run of a workflow at one moment.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Workflow">Name of the workflow's class.</param>
/// <param name="Status">Where it is.</param>
/// <param name="CustomStatus">What it says about where it is, as JSON; null when it says nothing.</param>
/// <param name="Output">Its output, as JSON; null unless it completed with one.</param>
/// <param name="Failure">What it failed with; null unless it failed.</param>
public sealed record WorkflowRun(
    string Id, string Workflow, WorkflowRunStatus Status, string? CustomStatus = null, string? Output = null, string? Failure = null)
{
    /// <summary>Whether it has ended, in whichever way.</summary>
    public bool HasEnded => Status != WorkflowRunStatus.Running;
}
