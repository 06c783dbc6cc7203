namespace DaprMoE.Scheduling;

/// <summary>Why Algorithm 1 stopped.</summary>
public enum ScalingReason
{
    /// <summary>The layer has no tokens.</summary>
    NoLoad,

    /// <summary>The variation of the replica loads is at or below the threshold.</summary>
    Balanced,

    /// <summary>The memory cap allows no further copy.</summary>
    Cap,

    /// <summary>The straggler has as many copies as an expert may have.</summary>
    ReplicaLimit,

    /// <summary>The straggler's share is too small to be worth dividing.</summary>
    Indivisible,
}
