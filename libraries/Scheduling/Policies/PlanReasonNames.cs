namespace DaprMoE.Scheduling;

/// <summary>The reasons as they stand in metrics, logs and JSON.</summary>
public static class PlanReasonNames
{
    /// <summary>The name of a reason: <c>no-load</c>, <c>balanced</c>, …</summary>
    public static string Name(this PlanReason reason) => reason switch
    {
        PlanReason.Static => "static",
        PlanReason.NoLoad => "no-load",
        PlanReason.Balanced => "balanced",
        PlanReason.Cap => "cap",
        PlanReason.ReplicaLimit => "replica-limit",
        PlanReason.Indivisible => "indivisible",
        PlanReason.NoRoom => "no-room",
        PlanReason.Unchanged => "unchanged",
        PlanReason.Hysteresis => "hysteresis",
        PlanReason.Replanned => "replanned",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
