namespace DaprMoE.Scheduling;

/// <summary>
/// <c>static</c>: plain expert parallelism. Every expert keeps its home device whatever happens; where a device has fewer slots than
/// experts the others are cold starts there.
/// </summary>
internal sealed class StaticPolicy : IPolicy
{
    public string Name => PolicyNames.Static;

    public PolicyTraits Traits { get; } = new("even", UsesForecast: false, HistorySamples: 0, Live: true, Lossy: false);

    public PolicyState CreateState(in PolicySetup setup) => new StaticState(setup);

    public PlanReason Decide(PolicyState state, in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        StaticState own = PolicyState.Of<StaticState>(state);
        PolicyChecks.Input(own.Setup, input, plan);
        return own.Plan(input, plan);
    }
}
