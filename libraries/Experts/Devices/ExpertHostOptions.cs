using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>The devices of a process.</summary>
public sealed record ExpertHostOptions
{
    /// <summary>The host's name; its devices are <c>{host}-{n}</c>.</summary>
    public string Host { get; init; } = "local";

    /// <summary>How many devices, at least 1.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>
    /// Bytes of experts that each device may hold. Null: one device holds all experts without a budget, several get each 1.5 times all
    /// experts'
    /// bytes divided by their number.
    /// </summary>
    public long? DeviceMemoryBytes { get; init; }

    /// <summary>The kind of the devices' memory, as price lists name it.</summary>
    public string MemoryKind { get; init; } = "cpu";

    /// <summary>
    /// Longest idle time of experts that no plan holds, where there is a budget; <see cref="Timeout.InfiniteTimeSpan"/>: until their
    /// memory is
    /// needed.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = PolicyDefaults.LongestKeepAlive;

    /// <summary>What is evicted first when memory is short.</summary>
    public EvictionRule Eviction { get; init; }

    /// <summary>Makes the devices emulated ones, on the clock of this box; null, the default, for real ones.</summary>
    public EmulatedBox? Box { get; init; }

    /// <summary>Bytes per second that loads ahead of calls may read, of each device.</summary>
    public long PreWarmBytesPerSecond { get; init; } = 1L << 30;
}
