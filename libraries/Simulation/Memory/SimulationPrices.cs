using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>What a simulation's bill is made with: one kind of memory, at the testbed's price; calls are free.</summary>
internal static class SimulationPrices
{
    public const string DeviceMemory = "gpu";

    public static BillMeter Meter(Cell cell, string policy) => new(
        new BillScope(cell.Shape.Name, policy),
        new BillWindow(0, long.MaxValue),
        new BillPrices([new KeyValuePair<string, double>(DeviceMemory, cell.Testbed.PricePerGbSecond)], perCall: 0),
        new NonExpertMemory(cell.Shape.NonExpertBytes * cell.Testbed.Devices, DeviceMemory));
}
