namespace DaprMoE.Scheduling;

/// <summary>
/// What was wrong with the input of a decision: a closed set, so that callers can tell the cases apart without reading messages.
/// </summary>
public enum SchedulingError
{
    /// <summary>A layer without experts.</summary>
    NoExperts,

    /// <summary>A load that is NaN, infinite or below zero.</summary>
    BadLoad,

    /// <summary>Fewer than one device.</summary>
    NoDevices,

    /// <summary>Two inputs that belong together differ in length.</summary>
    LengthMismatch,

    /// <summary>An expert of zero or negative size.</summary>
    BadExpertBytes,

    /// <summary>A negative memory cap.</summary>
    BadCap,

    /// <summary>A threshold that is NaN or negative.</summary>
    BadThreshold,

    /// <summary>A negative or absurd number of replicas.</summary>
    BadReplicas,

    /// <summary>A negative number of slots.</summary>
    BadSlots,

    /// <summary>Groups, nodes or devices below one.</summary>
    BadShape,

    /// <summary>Experts, nodes or replicas that do not divide evenly where they must.</summary>
    NotDivisible,

    /// <summary>Room for fewer replicas than there are experts, for a policy that needs one of each.</summary>
    TooFewReplicas,

    /// <summary>A top-k outside 1 … experts.</summary>
    BadTopK,

    /// <summary>A capacity factor that is not positive.</summary>
    BadGamma,

    /// <summary>A mode or a number of candidates that the algorithm does not have.</summary>
    BadMode,

    /// <summary>A time model with a negative or non-finite constant, or of an unknown shape.</summary>
    BadModel,

    /// <summary>An overlap that the time model does not have.</summary>
    BadOverlap,

    /// <summary>An expert has tokens and no replica.</summary>
    NoReplica,

    /// <summary>A change of a replica's memory that the bill does not have.</summary>
    BadEvent,

    /// <summary>A name that no registry knows.</summary>
    UnknownName,

    /// <summary>An option outside its range.</summary>
    BadOption,
}
