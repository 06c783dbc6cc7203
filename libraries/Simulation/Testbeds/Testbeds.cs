using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The testbeds there are, by name. Any other name is a <c>.yaml</c> file.</summary>
public static class Testbeds
{
    private static readonly Testbed EightA6000 = DeviceProfiles.Find("a6000", devices: 8)! with { Name = "8xa6000" };

    /// <summary>Names of the built-in testbeds.</summary>
    public static IReadOnlyList<string> Names { get; } = [EightA6000.Name];

    /// <summary>Finds a testbed by name, or reads it from a file.</summary>
    /// <exception cref="SimulationException">The name is unknown, or the file is not usable.</exception>
    public static Testbed Find(string nameOrFile) =>
        nameOrFile == EightA6000.Name ? EightA6000 : TestbedFile.Read(nameOrFile);
}
