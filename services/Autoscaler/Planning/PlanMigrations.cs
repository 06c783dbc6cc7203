using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>How much a plan moves.</summary>
internal static class PlanMigrations
{
    /// <summary>Replicas that in effect move; 0 when there was no plan for these devices before.</summary>
    public static int Count(PlanDocument? before, PlanDocument after)
    {
        if (before is null
            || before.Layers.Count != after.Layers.Count
            || !before.Devices.SequenceEqual(after.Devices, StringComparer.Ordinal))
        {
            return 0;
        }

        LayerDiff diff = new();
        int migrations = 0;
        for (int layer = 0; layer < after.Layers.Count; layer++)
        {
            diff.Compute(
                before.Layers[layer].ToLayerPlan(before.Experts, before.Devices.Count),
                after.Layers[layer].ToLayerPlan(after.Experts, after.Devices.Count));
            migrations += diff.Migrations;
        }

        return migrations;
    }
}
