namespace DaprMoE.Scheduling;

/// <summary>
/// Whether the variation of replica loads is above a threshold, in constant time per added copy: CV² = N·Σ(w²/R)/W² − 1. Where that
/// sum comes near the threshold its rounding could decide, so there the two-pass form does.
/// </summary>
internal ref struct VariationTest
{
    private const double NearThreshold = 1e-9;

    private readonly ReadOnlySpan<double> _loads;
    private readonly ReadOnlySpan<int> _replicas;
    private readonly double _threshold;
    private readonly double _total;
    private double _squares;
    private long _count;

    public VariationTest(ReadOnlySpan<double> loads, ReadOnlySpan<int> replicas, double threshold)
    {
        _loads = loads;
        _replicas = replicas;
        _threshold = threshold;
        _count = loads.Length;
        foreach (double load in loads)
        {
            _total += load;
            _squares += load * load;
        }
    }

    public readonly double Total => _total;

    public readonly bool Exceeds()
    {
        double limit = 1 + (_threshold * _threshold);
        double measured = _count * (_squares / _total) / _total;
        double margin = NearThreshold * Math.Max(measured, limit);
        return Math.Abs(measured - limit) > margin || !double.IsFinite(measured)
            ? measured > limit
            : LoadVariation.OfReplicas(_loads, _replicas) > _threshold;
    }

    /// <summary>Takes account of one more copy of an expert; the counts already hold it.</summary>
    public void Added(int expert)
    {
        double square = _loads[expert] * _loads[expert];
        _squares += (square / _replicas[expert]) - (square / (_replicas[expert] - 1));
        _count++;
    }
}
