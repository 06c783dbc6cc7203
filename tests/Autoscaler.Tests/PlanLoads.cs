using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>How well a plan carries a window's loads.</summary>
internal static class PlanLoads
{
    /// <summary>The busiest device against the mean, each expert's tokens divided evenly over its replicas; mean over layers.</summary>
    public static double Imbalance(PlanDocument plan, LoadWindow window) => Enumerable.Range(0, plan.Layers.Count).Average(layer =>
    {
        LayerPlan own = plan.Layers[layer].ToLayerPlan(plan.Experts, plan.Devices.Count);
        ReadOnlySpan<int> loads = window.Shape.Layer<int>(window.Loads, layer);
        double[] devices = new double[plan.Devices.Count];
        foreach (PlannedReplica replica in own.Replicas)
        {
            devices[replica.Device] += (double)loads[replica.Expert] / own.CountOf(replica.Expert);
        }

        return devices.Max() / devices.Average();
    });
}
