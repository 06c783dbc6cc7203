namespace Dapr.Workflow;

/// <summary>Where a run is.</summary>
public enum WorkflowRuntimeStatus
{
    /// <summary>Not known.</summary>
    Unknown = -1,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended with an output.</summary>
    Completed,

    /// <summary>It restarts with another input.</summary>
    ContinuedAsNew,

    /// <summary>It ended with an exception.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Canceled,

    /// <summary>It was terminated from outside.</summary>
    Terminated,

    /// <summary>It has not begun yet.</summary>
    Pending,

    /// <summary>It is paused from outside.</summary>
    Suspended,

    /// <summary>It waits for a worker that can go on with it, or its history has grown too large.</summary>
    Stalled,
}
