namespace DaprMoE.Scheduling;

/// <summary>A box of devices, simulated or emulated: identical devices, each with memory, compute, and a link to the host.</summary>
public sealed record Testbed
{
    /// <summary>The name it is chosen and reported by.</summary>
    public required string Name { get; init; }

    /// <summary>Devices, 1 or more.</summary>
    public required int Devices { get; init; }

    /// <summary>Memory of a device, bytes.</summary>
    public required long DeviceMemory { get; init; }

    /// <summary>Peak multiply-add rate of a device, FLOP/s.</summary>
    public required double PeakFlops { get; init; }

    /// <summary>Share of <see cref="PeakFlops"/> that matrix products reach, above 0, to 1.</summary>
    public required double Utilization { get; init; }

    /// <summary>Rate at which a device reads its memory, bytes/s.</summary>
    public required double MemoryBandwidth { get; init; }

    /// <summary>Rate of a device's link to the other devices, bytes/s.</summary>
    public required double LinkBandwidth { get; init; }

    /// <summary>Rate at which one device loads weights from the host, bytes/s; the devices load in parallel.</summary>
    public required double HostLinkBandwidth { get; init; }

    /// <summary>Constant of a call to a device, s.</summary>
    public required double CallSeconds { get; init; }

    /// <summary>Price of device memory, USD per GB (1e9 bytes) and second.</summary>
    public required double PricePerGbSecond { get; init; }

    /// <summary>Rate of computing, FLOP/s.</summary>
    public double Flops => PeakFlops * Utilization;

    /// <summary>
    /// The longest idle time for which holding a replica costs no more than loading it again: memory of all devices over one host link,
    /// since a load stalls the whole box; within 2 s … 10 min.
    /// </summary>
    public TimeSpan BreakEvenKeepAlive
    {
        get
        {
            double seconds = Devices * (double)DeviceMemory / HostLinkBandwidth;
            return TimeSpan.FromSeconds(Math.Clamp(
                seconds, PolicyDefaults.ShortestKeepAlive.TotalSeconds, PolicyDefaults.LongestKeepAlive.TotalSeconds));
        }
    }
}
