namespace DaprMoE.Scheduling;

/// <summary>
/// <c>moeless</c>: forecast, then Algorithm 1 (how many replicas), then Algorithm 2 (where), anew for every iteration. Without a forecast
/// it
/// takes the layer's newest loads.
/// </summary>
internal sealed class MoelessPolicy : IPolicy
{
    private readonly MoelessOptions _options;

    public MoelessPolicy(MoelessOptions options)
    {
        PolicyChecks.Option("moeless.threshold", options.Threshold, 0);
        PolicyChecks.Option("moeless.min-tokens", options.MinTokens ?? 0, 0);
        PolicyChecks.Option("moeless.max-extra", options.MaxExtra ?? 0, 0);
        PolicyChecks.Option("moeless.max-per-expert", options.MaxPerExpert ?? 1, 1);
        _options = options;
    }

    public string Name => "moeless";

    public PolicyTraits Traits { get; } = new("even-crossover", UsesForecast: true, HistorySamples: 1, Live: true, Lossy: false);

    public PolicyState CreateState(in PolicySetup setup) => new MoelessState(setup, _options);

    public PlanReason Decide(PolicyState state, in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        MoelessState own = PolicyState.Of<MoelessState>(state);
        PolicyChecks.Input(own.Setup, input, plan);
        return own.Plan(input, plan);
    }
}
