using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>Whether a policy finds room on the devices.</summary>
internal static class PolicyRoom
{
    /// <summary>What a policy knows of one layer's model and box.</summary>
    public static PolicySetup Setup(int layer, int moeLayers, LiveReplicas replicas, FastLoopSetup setup, int devices) => new(
        moeLayers, replicas.ExpertsPerLayer[layer], Math.Min(setup.TopK, replicas.ExpertsPerLayer[layer]), devices,
        Math.Max(1, replicas.ExpertBytes(layer)), setup.Time);

    /// <summary>Lets the policy plan each layer with an equal part of each device: too little room for one that needs it is an error there.</summary>
    public static string? RefusalOf(IPolicy policy, LiveReplicas replicas, FastLoopSetup setup)
    {
        int[] layers = [.. Enumerable.Range(0, replicas.ExpertsPerLayer.Count).Where(layer => replicas.ExpertsPerLayer[layer] > 0)];
        int[] room = [.. Enumerable.Range(0, replicas.DeviceCount).Select(device => Room(device, layers, replicas))];
        try
        {
            for (int index = 0; index < layers.Length; index++)
            {
                Plan(policy, index, layers, [.. room.Select(slots => slots / layers.Length)], replicas, setup);
            }

            return null;
        }
        catch (SchedulingException exception)
        {
            return $"Policy '{policy.Name}' does not fit: the devices have {room.Sum(slots => (long)slots)} slots for "
                + $"{layers.Sum(layer => replicas.ExpertsPerLayer[layer])} experts. {exception.Message}";
        }
    }

    private static int Room(int device, int[] layers, LiveReplicas replicas)
    {
        long largest = layers.Max(layer => Math.Max(1, replicas.ExpertBytes(layer)));
        long experts = layers.Sum(layer => (long)replicas.ExpertsPerLayer[layer]);
        return (int)Math.Min(2 * experts, replicas.BudgetBytes(device) / largest);
    }

    private static void Plan(IPolicy policy, int index, int[] layers, int[] slots, LiveReplicas replicas, FastLoopSetup setup)
    {
        int experts = replicas.ExpertsPerLayer[layers[index]];
        PolicyState state = policy.CreateState(Setup(layers[index], layers.Length, replicas, setup, replicas.DeviceCount));
        policy.Decide(state, new PolicyInput { Layer = index, Slots = slots }, TimeSpan.Zero, new LayerPlan(experts, replicas.DeviceCount));
    }
}
