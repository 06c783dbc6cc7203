namespace DaprMoE.Scheduling;

/// <summary>
/// Whole tokens of the newest load samples, their deviations from the mean stretched: the loads to come differ more from recent ones than
/// those from each other, and a plan that just fits the samples does worse.
/// </summary>
internal sealed class LoadSamples(int experts)
{
    /// <summary>Deviations from the mean sample are taken this many times.</summary>
    private const double Stretch = 1.5;

    /// <summary>Most tokens of an expert in a sample; the sum over a layer stays within what can be divided.</summary>
    private readonly double _most = (1 << 29) / experts;

    private readonly double[] _mean = new double[experts];
    private int[] _tokens = [];
    private double[] _weights = [];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Tokens(int sample) => _tokens.AsSpan(sample * experts, experts);

    /// <summary>Iterations that a sample stands for.</summary>
    public double Weight(int sample) => _weights[sample];

    /// <summary>Takes samples; an expert with any part of a token counts as called.</summary>
    /// <returns>Tokens of all samples, unstretched.</returns>
    public double Take(LoadHistory history, int samples)
    {
        Count = Math.Min(samples, history.Count);
        Grow.To(ref _tokens, Count * experts);
        Grow.To(ref _weights, Count);
        history.Sum(Count, _mean);
        double tokens = 0;
        double iterations = 0;
        for (int s = 0; s < Count; s++)
        {
            _weights[s] = history.Weight(s);
            iterations += _weights[s];
        }

        foreach (ref double load in _mean.AsSpan())
        {
            tokens += load;
            load /= iterations;
        }

        for (int s = 0; s < Count; s++)
        {
            StretchInto(_tokens.AsSpan(s * experts, experts), history.Loads(s));
        }

        return tokens;
    }

    private void StretchInto(Span<int> tokens, ReadOnlySpan<double> loads)
    {
        for (int e = 0; e < loads.Length; e++)
        {
            double stretched = _mean[e] + (Stretch * (loads[e] - _mean[e]));
            tokens[e] = (int)Math.Clamp(Math.Ceiling(stretched), 0, _most);
        }
    }
}
