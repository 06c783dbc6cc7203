using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>What a policy decided for all layers.</summary>
/// <param name="Layers">The layers' plans.</param>
/// <param name="Traces">Inputs, thresholds and results of each layer.</param>
internal sealed record PlanDecision(IReadOnlyList<PlanLayer> Layers, IReadOnlyList<PolicyTrace> Traces)
{
    /// <summary>Whether replicas are where they are in a plan.</summary>
    public bool IsSameAs(PlanDocument plan, PlanningBox box) =>
        plan.Model == box.Model
        && plan.Devices.SequenceEqual(box.DeviceNames, StringComparer.Ordinal)
        && plan.Layers.Count == Layers.Count
        && plan.Layers.Zip(Layers).All(pair => pair.First.Replicas.SequenceEqual(pair.Second.Replicas));
}
