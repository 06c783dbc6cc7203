using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow;

/// <summary>Runs as the sidecar sends them.</summary>
internal static class Snapshots
{
    public static InstanceSnapshot From(Protocol.WorkflowState state) => new(
        Status(state.WorkflowStatus),
        Time(state.CreatedTimestamp),
        Time(state.LastUpdatedTimestamp),
        state.Input,
        state.Output,
        state.CustomStatus,
        state.FailureDetails is { } failure ? Failures.ToPublic(failure) : null);

    /// <summary>The names and order of both enumerations are the same; one that is newer than this library is not known.</summary>
    private static WorkflowRuntimeStatus Status(OrchestrationStatus status) =>
        System.Enum.IsDefined(status) ? (WorkflowRuntimeStatus)(int)status : WorkflowRuntimeStatus.Unknown;

    /// <summary>A run that has not begun has times in the year 1, which are before what a timestamp counts from.</summary>
    private static DateTimeOffset Time(Timestamp? time) => time?.ToDateTimeOffset() ?? default;
}
