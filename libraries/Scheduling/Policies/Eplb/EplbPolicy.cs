namespace DaprMoE.Scheduling;

/// <summary>
/// <c>eplb</c>: DeepSeek's balancer over a window of history, planned anew at an interval. Every device holds the same number of replicas
/// and every expert at least one; a box without that room is refused.
/// </summary>
internal sealed class EplbPolicy : IPolicy
{
    private readonly EplbOptions _options;

    public EplbPolicy(EplbOptions options)
    {
        PolicyChecks.Option("eplb.interval", options.Interval.TotalSeconds, 0);
        PolicyChecks.Option("eplb.history-samples", options.HistorySamples, 1);
        PolicyChecks.Option("eplb.slots", options.Slots ?? 1, 1);
        _options = options;
        Traits = new PolicyTraits("even", UsesForecast: false, options.HistorySamples, Live: true, Lossy: false);
    }

    public string Name => "eplb";

    public PolicyTraits Traits { get; }

    public PolicyState CreateState(in PolicySetup setup) => new EplbState(setup, _options);

    public PlanReason Decide(PolicyState state, in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        EplbState own = PolicyState.Of<EplbState>(state);
        PolicyChecks.Input(own.Setup, input, plan);
        return own.Plan(input, now, plan);
    }
}
