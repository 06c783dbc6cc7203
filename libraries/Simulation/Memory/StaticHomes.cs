using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>One replica of each expert, the experts divided over the devices in order: what is deployed before any plan.</summary>
internal static class StaticHomes
{
    public static LayerPlan Of(Cell cell)
    {
        LayerPlan plan = new(cell.Shape.Experts, cell.Testbed.Devices);
        StaticPlacement.Fill(cell.Shape.Experts, cell.Testbed.Devices, plan);
        return plan;
    }

    /// <summary>The device that an expert lives on.</summary>
    public static int Device(int expert, Cell cell) =>
        StaticPlacement.DeviceOf(expert, cell.Shape.Experts, cell.Testbed.Devices);
}
