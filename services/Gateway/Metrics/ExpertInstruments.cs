using System.Diagnostics.Metrics;
using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>What happens to experts and layers, as instruments. Recording allocates nothing: it is part of the engine's step.</summary>
internal sealed class ExpertInstruments(Meter meter) : IDispatchObserver, IResidencyListener
{
    private static readonly double[] LayerBounds =
        [1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    private static readonly double[] VariationBounds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3];
    private static readonly double[] RatioBounds = [1.05, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2, 2.5, 3, 4, 6, 8];

    private static readonly KeyValuePair<string, object?> Cold = new("kind", "cold");
    private static readonly KeyValuePair<string, object?> Warm = new("kind", "warm");
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<ResidencyReason>().Select(reason => new KeyValuePair<string, object?>("reason", reason.Name()))];

    private readonly Counter<long> _starts = Count(meter, "expert_starts_total", "Replicas that calls needed, by whether they waited for a load (kind).");
    private readonly Counter<long> _misses = Count(meter, "expert_misses_total", "Experts that had tokens and no alive replica.");
    private readonly Counter<long> _loads = Count(meter, "expert_loads_total", "Loads of replicas, by reason.");
    private readonly Counter<long> _evictions = Count(meter, "expert_evictions_total", "Replicas that gave their memory back, by reason.");
    private readonly Counter<long> _failures = Count(meter, "expert_load_failures_total", "Loads that failed.");
    private readonly Counter<long> _retries = Count(meter, "dispatch_retries_total", "Calls that repeat one which failed on another device.");
    private readonly Histogram<double> _loadTime = Measure(meter, "expert_load_time_seconds", "s", "From a load's start to the weights being there.", LayerBounds);
    private readonly Histogram<double> _layerTime = Measure(meter, "dispatch_time_seconds", "s", "From the gate's choice to a layer's combined rows.", LayerBounds);
    private readonly Histogram<double> _variation =
        Measure(meter, "device_load_variation", null, "Coefficient of variation of the devices' rows, per layer.", VariationBounds);

    private readonly Histogram<double> _maxOverMean =
        Measure(meter, "device_load_max_over_mean", null, "The busiest device's rows by the mean, per layer.", RatioBounds);

    private KeyValuePair<string, object?> _model;

    /// <summary>Begins to record what happens to a model.</summary>
    public void Watch(ServedModel model)
    {
        _model = AnswerInstruments.ModelTag(model);
        model.Events.Watch((IDispatchObserver)this);
        model.Events.Watch((IResidencyListener)this);
    }

    /// <inheritdoc/>
    public void LayerDone(in LayerDispatch layer)
    {
        LayerCalls calls = layer.Calls;
        _layerTime.Record(layer.Elapsed.TotalSeconds, _model);
        Add(_starts, calls.ColdStarts, Cold);
        Add(_starts, calls.Replicas - calls.ColdStarts, Warm);
        if (calls.Misses > 0)
        {
            _misses.Add(calls.Misses, _model);
        }

        if (calls.Retries > 0)
        {
            _retries.Add(calls.Retries, _model);
        }

        if (layer.Devices.Length > 1)
        {
            _variation.Record(layer.Variation, _model);
            _maxOverMean.Record(layer.MaxOverMean, _model);
        }
    }

    /// <inheritdoc/>
    public void Moved(in ResidencyTransition transition)
    {
        if (transition.To == ReplicaState.Loading)
        {
            Add(_loads, 1, Reasons[(int)transition.Reason]);
        }
        else if (transition is { From: ReplicaState.Loading, To: ReplicaState.Warm })
        {
            _loadTime.Record(transition.ElapsedUs / 1e6, _model);
        }
        else if (transition.To == ReplicaState.Absent)
        {
            Add(_evictions, 1, Reasons[(int)transition.Reason]);
        }
    }

    /// <inheritdoc/>
    public void LoadFailed(ReplicaId replica, Exception error) => _failures.Add(1, _model);

    private static Counter<long> Count(Meter meter, string name, string description) =>
        meter.CreateCounter<long>(AnswerInstruments.Prefix + name, description: description);

    private static Histogram<double> Measure(Meter meter, string name, string? unit, string description, double[] bounds) =>
        meter.CreateHistogram(
            AnswerInstruments.Prefix + name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private void Add(Counter<long> counter, long count, KeyValuePair<string, object?> tag)
    {
        if (count > 0)
        {
            counter.Add(count, _model, tag);
        }
    }
}
