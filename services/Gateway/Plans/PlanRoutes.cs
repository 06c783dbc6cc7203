using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Turns a plan, which knows MoE layers and devices by name, into plans of the model's layers on numbered devices.</summary>
internal static class PlanRoutes
{
    /// <summary>The plans of all layers; replicas on devices that are not served are left out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">The model that it is for.</param>
    /// <param name="devices">Names of the served devices, by number.</param>
    public static IReadOnlyList<LayerPlan> Of(PlanDocument plan, ExpertLayout layout, IReadOnlyList<string> devices)
    {
        int[] numbers = [.. plan.Devices.Select(name => devices.ToList().IndexOf(name))];
        LayerPlan[] layers = [.. Enumerable.Range(0, layout.ModelLayers).Select(_ => new LayerPlan(0, devices.Count))];
        for (int layer = 0; layer < layout.Layers.Count; layer++)
        {
            layers[layout.Layers[layer]] = Layer(plan.Layers[layer], plan.Experts, numbers, devices.Count);
        }

        return layers;
    }

    /// <summary>Whether a plan was made for a model.</summary>
    public static bool Fits(PlanDocument plan, ExpertLayout layout) =>
        plan.Model == layout.Model && new LayerShape(plan.Layers.Count, plan.Experts) == layout.Shape;

    private static LayerPlan Layer(PlanLayer planned, int experts, int[] numbers, int devices)
    {
        LayerPlan layer = new(experts, devices);
        layer.Reset(experts, devices);
        for (int i = 0; i < planned.Replicas.Count; i += PlanLayer.Numbers)
        {
            if (numbers[planned.Replicas[i + 2]] is >= 0 and int device)
            {
                layer.Add(planned.Replicas[i], planned.Replicas[i + 1], device);
            }
        }

        layer.Seal();
        return layer;
    }
}
