namespace DaprMoE.Scheduling;

/// <summary>Why a policy's plan is what it is: a closed set.</summary>
public enum PlanReason
{
    /// <summary>The placement is fixed once and for all.</summary>
    Static,

    /// <summary>The layer has no tokens in forecast or history.</summary>
    NoLoad,

    /// <summary>The loads are balanced enough; no further copy is wanted.</summary>
    Balanced,

    /// <summary>The limit on extra copies was reached.</summary>
    Cap,

    /// <summary>The straggler has as many replicas as an expert may have.</summary>
    ReplicaLimit,

    /// <summary>Dividing the straggler further buys nothing.</summary>
    Indivisible,

    /// <summary>The slots do not hold what was wanted; some experts may have no home.</summary>
    NoRoom,

    /// <summary>It is not yet time to plan again, or the same plan came out.</summary>
    Unchanged,

    /// <summary>A better plan exists, by less than a change is worth.</summary>
    Hysteresis,

    /// <summary>A new plan was made.</summary>
    Replanned,
}
