namespace DaprMoE.Scheduling;

/// <summary>MoEless Algorithm 2 with capacities.</summary>
public sealed class ReplicaPlacer
{
    /// <summary>Places the wanted replicas.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="replicas">Wanted replicas of each expert, 0 or more.</param>
    /// <param name="slots">Replicas of the layer that each device can hold.</param>
    /// <param name="alive">Replicas that are alive now.</param>
    /// <param name="spread">Whether copies of one expert avoid each other's devices.</param>
    /// <param name="plan">Receives the plan, sealed.</param>
    public PlacementResult Place(
        ReadOnlySpan<double> loads,
        ReadOnlySpan<int> replicas,
        ReadOnlySpan<int> slots,
        ReadOnlySpan<PlannedReplica> alive,
        bool spread,
        LayerPlan plan) => throw new NotImplementedException();
}
