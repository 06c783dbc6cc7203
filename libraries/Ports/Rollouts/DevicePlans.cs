using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>A plan as its devices see it.</summary>
public static class DevicePlans
{
    /// <summary>The replicas of a device, by layer, expert and index.</summary>
    /// <param name="plan">The plan; null: no replicas.</param>
    /// <param name="device">The device's name; the plan need not know it.</param>
    public static IReadOnlyList<ReplicaId> ReplicasOn(this PlanDocument? plan, string device)
    {
        int number = plan is null ? -1 : plan.Devices.ToList().IndexOf(device);
        if (number < 0)
        {
            return [];
        }

        List<ReplicaId> replicas = [];
        for (int layer = 0; layer < plan!.Layers.Count; layer++)
        {
            IReadOnlyList<int> numbers = plan.Layers[layer].Replicas;
            for (int i = 0; i < numbers.Count; i += PlanLayer.Numbers)
            {
                if (numbers[i + 2] == number)
                {
                    replicas.Add(new ReplicaId(new ExpertId(layer, numbers[i]), numbers[i + 1]));
                }
            }
        }

        return replicas;
    }

    /// <summary>What is to leave a device: the replicas there of one plan that another does not have there.</summary>
    /// <param name="before">The plan whose replicas are there; null: none are.</param>
    /// <param name="after">The plan whose replicas stay; null: none do.</param>
    /// <param name="device">The device's name.</param>
    public static IReadOnlyList<ReplicaId> Leaving(PlanDocument? before, PlanDocument? after, string device) =>
        [.. before.ReplicasOn(device).Except(after.ReplicasOn(device))];
}
