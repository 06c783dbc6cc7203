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
    /// <param name="hasPlan">Whether a plan of the slow loop is followed.</param>
    public LoopPolicy(IPolicy policy, IEnumerable<PolicySetup> setups, bool hasPlan)
    {
        Policy = policy;
        Followed = hasPlan && !IsFixed ? PlanReason.Unchanged : PlanReason.Static;
        _states = policy.Traits.UsesForecast ? [.. setups.Select(setup => policy.CreateState(setup))] : [];
    }

    /// <summary>The policy.</summary>
    public IPolicy Policy { get; }

    /// <summary>Whether experts are called at their homes, wherever else replicas may be.</summary>
    public bool IsFixed => Policy.Name == PolicyNames.Static;

    /// <summary>The reason where it does not decide here: a plan is followed, or experts are at their homes.</summary>
    public PlanReason Followed { get; }

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
