using System.Text.Json;

namespace Dapr.Workflow;

/// <summary>A run at one moment.</summary>
public class WorkflowState
{
    private readonly InstanceSnapshot? _instance;

    internal WorkflowState(InstanceSnapshot? instance) => _instance = instance;

    /// <summary>Whether there is such a run.</summary>
    public bool Exists => _instance is not null;

    /// <summary>Whether it runs.</summary>
    public bool IsWorkflowRunning => RuntimeStatus == WorkflowRuntimeStatus.Running;

    /// <summary>Whether it has ended, in whichever way.</summary>
    public bool IsWorkflowCompleted => RuntimeStatus
        is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed
        or WorkflowRuntimeStatus.Terminated or WorkflowRuntimeStatus.Canceled;

    /// <summary>When it was created; the default while it is pending.</summary>
    public DateTimeOffset CreatedAt => _instance?.CreatedAt ?? default;

    /// <summary>When it last changed; the default while it is pending.</summary>
    public DateTimeOffset LastUpdatedAt => _instance?.LastUpdatedAt ?? default;

    /// <summary>Where it is.</summary>
    public WorkflowRuntimeStatus RuntimeStatus => _instance?.Status ?? WorkflowRuntimeStatus.Unknown;

    /// <summary>What it failed with; null when it did not.</summary>
    public WorkflowTaskFailureDetails? FailureDetails => _instance?.Failure;

    /// <summary>The input; the default when there is none, or it was not asked for.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T? ReadInputAs<T>() => Read<T>(_instance?.Input);

    /// <summary>The output; the default when there is none, or it was not asked for.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T? ReadOutputAs<T>() => Read<T>(_instance?.Output);

    /// <summary>What the run says about where it is; the default when there is nothing, or it was not asked for.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T? ReadCustomStatusAs<T>() => Read<T>(_instance?.CustomStatus);

    private static T? Read<T>(string? json) =>
        string.IsNullOrEmpty(json) ? default : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
}
