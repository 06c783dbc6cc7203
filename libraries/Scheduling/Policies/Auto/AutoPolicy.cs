namespace DaprMoE.Scheduling;

/// <summary>
/// <c>auto</c>: base copies stay where they are; a few relief copies are added where recent samples show the largest fall of layer time for
/// a copy, under dispatch with the real counts. A plan changes at most once in an interval and only by more than the change is worth.
/// </summary>
internal sealed class AutoPolicy : IPolicy
{
    private readonly AutoOptions _options;

    public AutoPolicy(AutoOptions options)
    {
        PolicyChecks.Option("auto.history-samples", options.HistorySamples, 1);
        PolicyChecks.Option("auto.theta", options.Theta, 0);
        PolicyChecks.Option("auto.hysteresis", options.Hysteresis, 0);
        PolicyChecks.Option("auto.interval", options.Interval.TotalSeconds, 0);
        PolicyChecks.Option("auto.max-residency", options.MaxResidency, 0);
        PolicyChecks.Option("auto.max-extra", options.MaxExtra ?? 0, 0);
        _options = options;
        Traits = new PolicyTraits("balanced-crossover", UsesForecast: false, options.HistorySamples, Live: true, Lossy: false);
    }

    public string Name => "auto";

    public PolicyTraits Traits { get; }

    public PolicyState CreateState(in PolicySetup setup) => new AutoState(setup, _options);

    public PlanReason Decide(PolicyState state, in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        AutoState own = PolicyState.Of<AutoState>(state);
        PolicyChecks.Input(own.Setup, input, plan);
        return own.Plan(input, now, plan);
    }
}
