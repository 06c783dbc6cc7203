using System.Diagnostics.Metrics;
using DaprMoE.Dispatch;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>What the fast loop foresees and decides, as instruments. Recording allocates nothing: it is part of the engine's step.</summary>
internal sealed class LoopInstruments : IFastLoopObserver
{
    private static readonly double[] SecondsBounds = [2e-6, 5e-6, 1e-5, 2e-5, 3e-5, 5e-5, 7.5e-5, 1e-4, 2e-4, 5e-4, 0.001, 0.005];
    private static readonly double[] AccuracyBounds = [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

    private static readonly KeyValuePair<string, object?> Asked = new("kind", "asked");
    private static readonly KeyValuePair<string, object?> Cancelled = new("kind", "cancelled");
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<PlanReason>().Select(reason => new KeyValuePair<string, object?>("reason", reason.Name()))];

    private readonly Histogram<double> _seconds;
    private readonly Histogram<double> _accuracy;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _warmUps;
    private KeyValuePair<string, object?> _model;

    public LoopInstruments(Meter meter)
    {
        _seconds = Measure(meter, "forecast_decision_seconds", "s", "Forecast and decision of a layer.", SecondsBounds);
        _accuracy = Measure(meter, "forecast_accuracy", null, "Accuracy of a layer's forecast: 1 - L1 / 2 of the shares.", AccuracyBounds);
        _decisions = meter.CreateCounter<long>(
            AnswerInstruments.Prefix + "policy_decisions_total", description: "Decisions of the fast loop about a layer, by policy and reason.");
        _warmUps = meter.CreateCounter<long>(
            AnswerInstruments.Prefix + "warm_ups_total", description: "Warm-ups of the fast loop, by whether they were asked for or taken back (kind).");
    }

    /// <summary>Begins to record what is decided about a model.</summary>
    public void Watch(ServedModel model)
    {
        _model = AnswerInstruments.ModelTag(model);
        model.Events.Watch(this);
    }

    /// <inheritdoc/>
    public void Decided(in LayerDecision decision)
    {
        if (decision.Forecast.IsEmpty)
        {
            return;
        }

        _seconds.Record(decision.Elapsed.TotalSeconds, _model);
        _decisions.Add(1, _model, new KeyValuePair<string, object?>("policy", decision.Policy), Reasons[(int)decision.Reason]);
        if (decision.Accuracy is { } accuracy)
        {
            _accuracy.Record(accuracy, _model);
        }

        Add(decision.Asked, Asked);
        Add(decision.Cancelled, Cancelled);
    }

    private static Histogram<double> Measure(Meter meter, string name, string? unit, string description, double[] bounds) =>
        meter.CreateHistogram(
            AnswerInstruments.Prefix + name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private void Add(long count, KeyValuePair<string, object?> kind)
    {
        if (count > 0)
        {
            _warmUps.Add(count, _model, kind);
        }
    }
}
