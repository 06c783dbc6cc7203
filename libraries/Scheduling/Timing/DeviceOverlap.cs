namespace DaprMoE.Scheduling;

/// <summary>What the replicas of one device do to each other.</summary>
public enum DeviceOverlap
{
    /// <summary>They run side by side for free; a layer waits for its slowest replica (the MoEless paper).</summary>
    Replica,

    /// <summary>They run one after the other; a layer waits for its slowest device.</summary>
    Device,
}
