using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>The slow loop's plans as they come into force, from any thread.</summary>
internal sealed class PlanFollowing(LiveReplicas replicas)
{
    private readonly Lock _gate = new();
    private readonly LayerDiff _diff = new();
    private PlanInForce? _current;

    /// <summary>The newest plan; null before the first.</summary>
    public PlanInForce? Current => Volatile.Read(ref _current);

    /// <summary>Takes a newer plan. What it replaces is about to be drained, so calls go there only where an expert has nothing else.</summary>
    /// <exception cref="ArgumentException">It does not fit the model or the devices.</exception>
    public void Follow(PlanInForce plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        RequireFits(plan);
        lock (_gate)
        {
            if (_current is { } before && plan.Version <= before.Version)
            {
                return;
            }

            for (int layer = 0; layer < plan.Layers.Count; layer++)
            {
                Retire(layer, _current?.Layers[layer], plan.Layers[layer]);
            }

            Volatile.Write(ref _current, plan);
        }
    }

    private void Retire(int layer, LayerPlan? before, LayerPlan next)
    {
        _diff.Compute(before, next);
        foreach (PlannedReplica replaced in _diff.Evicted)
        {
            replicas.Retire(layer, replaced, isRetired: true);
        }

        foreach (PlannedReplica planned in next.Replicas)
        {
            replicas.Retire(layer, planned, isRetired: false);
        }
    }

    private void RequireFits(PlanInForce plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.Version, nameof(plan));
        if (plan.Layers.Count != replicas.ExpertsPerLayer.Count)
        {
            throw new ArgumentException(
                $"Plan {plan.Version} has {plan.Layers.Count} layers, the model {replicas.ExpertsPerLayer.Count}.", nameof(plan));
        }

        for (int layer = 0; layer < plan.Layers.Count; layer++)
        {
            LayerPlan it = plan.Layers[layer];
            if (it.Experts != replicas.ExpertsPerLayer[layer] || it.Devices != replicas.DeviceCount)
            {
                throw new ArgumentException(
                    $"Plan {plan.Version} has {it.Experts} experts on {it.Devices} devices in layer {layer}; there are "
                    + $"{replicas.ExpertsPerLayer[layer]} on {replicas.DeviceCount}.", nameof(plan));
            }
        }
    }
}
