using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// The policy in force as the fast loop runs it. One that decides from forecasts decides here, layer by layer; the plans of all others
/// come from the slow loop.
/// </summary>
internal sealed class LoopPolicy
{
    private readonly PolicyState[] _states;

    /// <param name="policy">The policy.</param>
    /// <param name="setups">Model and box, for each MoE layer; none while no device is alive.</param>
    public LoopPolicy(IPolicy policy, IEnumerable<PolicySetup> setups)
    {
        Policy = policy;
        _states = policy.Traits.UsesForecast ? [.. setups.Select(setup => policy.CreateState(setup))] : [];
    }

    /// <summary>The policy.</summary>
    public IPolicy Policy { get; }

    /// <summary>Whether it decides here.</summary>
    public bool Decides => _states.Length > 0;

    /// <summary>Decides about one layer.</summary>
    public PlanReason Decide(LoopLayer layer, ReadOnlySpan<int> slots, TimeSpan now)
    {
        PolicyInput input = new()
        {
            Layer = layer.Index,
            Forecast = layer.Foreseen,
            Slots = slots,
            Previous = layer.View.Held,
        };
        return Policy.Decide(_states[layer.Index], input, now, layer.Wanted);
    }
}
