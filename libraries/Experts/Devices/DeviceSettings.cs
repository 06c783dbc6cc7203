using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>What a device is bound by.</summary>
public sealed record DeviceSettings
{
    /// <summary>The device's name.</summary>
    public required string Name { get; init; }

    /// <summary>The device's number among those of its host, as transitions and bills name it.</summary>
    public required int Number { get; init; }

    /// <summary>Layers of the model, dense ones included: how many experts each has.</summary>
    public required IReadOnlyList<int> ExpertsPerLayer { get; init; }

    /// <summary>Bytes for experts; null for a device over the map.</summary>
    public long? BudgetBytes { get; init; }

    /// <summary>The kind of its memory, as the price list names it.</summary>
    public string MemoryKind { get; init; } = "cpu";

    /// <summary>
    /// Longest idle time of replicas that no plan holds; <see cref="Timeout.InfiniteTimeSpan"/>: until their memory is needed.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = PolicyDefaults.LongestKeepAlive;

    /// <summary>What is evicted first when memory is short.</summary>
    public EvictionRule Eviction { get; init; }

    /// <summary>
    /// Bytes per second that loads ahead of calls may read; loads that a call waits for read as fast as they can. Half of what one thread
    /// copies from the page cache of a common server, so that a call's own reads still find bandwidth.
    /// </summary>
    public long PreWarmBytesPerSecond { get; init; } = 1L << 30;

    /// <summary>What emulated devices share; null where the device is real.</summary>
    public EmulatedBox? Box { get; init; }

    /// <summary>Bytes that may be loading when a load ahead of calls starts; null for two of the largest experts.</summary>
    public long? PreWarmBytesInFlight { get; init; }
}
