using System.Text.Json.Serialization;

namespace DaprMoE.Ports;

/// <summary>Where a run is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkflowRunStatus>))]
public enum WorkflowRunStatus
{
    /// <summary>It is under way: pending, running, or paused.</summary>
    Running,

    /// <summary>It ended with its output.</summary>
    Completed,

    /// <summary>It ended with an exception.</summary>
    Failed,

    /// <summary>It was ended from outside.</summary>
    Terminated,
}
