namespace DaprMoE.Simulation;

/// <summary>The testbeds there are, by name. Any other name is a <c>.yaml</c> file.</summary>
public static class Testbeds
{
    private static readonly Testbed EightA6000 = new()
    {
        Name = "8xa6000",
        Devices = 8,
        DeviceMemory = 48_000_000_000,
        PeakFlops = 155e12,
        Utilization = 0.6,
        MemoryBandwidth = 768e9,
        LinkBandwidth = 64e9,
        HostLinkBandwidth = 25.6e9,
        CallSeconds = 10e-6,

        // An assumption: 0.80 USD per GPU-hour for 48 GB.
        PricePerGbSecond = 0.80 / 3600 / 48,
    };

    /// <summary>Names of the built-in testbeds.</summary>
    public static IReadOnlyList<string> Names { get; } = [EightA6000.Name];

    /// <summary>Finds a testbed by name, or reads it from a file.</summary>
    /// <exception cref="SimulationException">The name is unknown, or the file is not usable.</exception>
    public static Testbed Find(string nameOrFile) =>
        nameOrFile == EightA6000.Name ? EightA6000 : TestbedFile.Read(nameOrFile);
}
