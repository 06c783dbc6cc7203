namespace DaprMoE.Scheduling;

/// <summary>
/// <c>capacity-oracle</c>: the papers' lossy bound, in the simulator only. Experts are placed as by <c>static</c> and every expert gets the
/// same load (<see cref="EqualLoads"/>), as if tokens could go to any expert.
/// </summary>
internal sealed class CapacityOraclePolicy : IPolicy
{
    public string Name => "capacity-oracle";

    public PolicyTraits Traits { get; } = new("even", UsesForecast: false, HistorySamples: 0, Live: false, Lossy: true);

    public PolicyState CreateState(in PolicySetup setup) => new StaticState(setup);

    public PlanReason Decide(PolicyState state, in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        StaticState own = PolicyState.Of<StaticState>(state);
        PolicyChecks.Input(own.Setup, input, plan);
        return own.Plan(input, plan);
    }
}
