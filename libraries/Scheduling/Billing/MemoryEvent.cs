namespace DaprMoE.Scheduling;

/// <summary>What happens to the memory of a replica, as the bill sees it.</summary>
public enum MemoryEvent
{
    /// <summary>The memory is taken; the weights are on their way.</summary>
    Load,

    /// <summary>The weights are there.</summary>
    Warm,

    /// <summary>The memory is free again.</summary>
    Evict,
}
