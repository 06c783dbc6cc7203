namespace Dapr.Workflow;

/// <summary>What the sidecar says about a run; texts are JSON.</summary>
internal sealed record InstanceSnapshot(
    WorkflowRuntimeStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    string? Input,
    string? Output,
    string? CustomStatus,
    WorkflowTaskFailureDetails? Failure);
