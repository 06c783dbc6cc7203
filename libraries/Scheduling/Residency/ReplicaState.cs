namespace DaprMoE.Scheduling;

/// <summary>Where a replica is in its life on a device.</summary>
public enum ReplicaState
{
    /// <summary>It holds no memory.</summary>
    Absent,

    /// <summary>Its memory is taken; its weights are on their way.</summary>
    Loading,

    /// <summary>Its weights are there and no call uses them.</summary>
    Warm,

    /// <summary>One or more calls hold it.</summary>
    Busy,

    /// <summary>It takes no new calls and goes when the last one ends.</summary>
    Draining,
}
