namespace DaprMoE.Scheduling;

/// <summary>The devices whose figures are known, by name.</summary>
public static class DeviceProfiles
{
    private static readonly Testbed[] Known =
    [
        new()
        {
            Name = "a6000",
            Devices = 1,
            DeviceMemory = 48_000_000_000,
            PeakFlops = 155e12,
            Utilization = 0.6,
            MemoryBandwidth = 768e9,
            LinkBandwidth = 64e9,
            HostLinkBandwidth = 25.6e9,
            CallSeconds = 10e-6,

            // An assumption: 0.80 USD per GPU-hour for 48 GB.
            PricePerGbSecond = 0.80 / 3600 / 48,
        },
    ];

    /// <summary>Names of the profiles.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(profile => profile.Name)];

    /// <summary>A box of so many devices of a profile, by the profile's name; null when there is none of that name.</summary>
    public static Testbed? Find(string name, int devices) =>
        Array.Find(Known, profile => profile.Name == name) is { } known ? known with { Devices = devices } : null;
}
