using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>One replica of each expert, the experts divided over the devices in order: what is deployed before any plan.</summary>
internal static class StaticHomes
{
    public static LayerPlan Of(Cell cell)
    {
        LayerPlan plan = new(cell.Shape.Experts, cell.Testbed.Devices);
        for (int expert = 0; expert < cell.Shape.Experts; expert++)
        {
            plan.Add(expert, index: 0, Device(expert, cell));
        }

        plan.Seal();
        return plan;
    }

    /// <summary>The device that an expert lives on.</summary>
    public static int Device(int expert, Cell cell) => (int)((long)expert * cell.Testbed.Devices / cell.Shape.Experts);
}
