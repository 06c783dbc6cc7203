namespace DaprMoE.Scheduling;

/// <summary>
/// Whole tokens of the newest load samples, their deviations from the mean stretched: the loads to come differ more from recent ones than
/// those from each other, and a plan that just fits the samples does worse. The mean is one of shares, so that large batches and small ones
/// may stand side by side: a few tokens beside the mean of thousands would all be stretched away.
/// </summary>
internal sealed class LoadSamples(int experts)
{
    /// <summary>Deviations from the mean are taken this many times.</summary>
    private const double Stretch = 1.5;

    /// <summary>Parts of a token that are no tokens.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Most tokens of an expert in a sample; the sum over a layer stays within what can be divided.</summary>
    private readonly double _most = (1 << 29) / experts;

    private readonly double[] _sum = new double[experts];
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
        history.Sum(Count, _sum);
        double tokens = Total(_sum);
        for (int s = 0; s < Count; s++)
        {
            _weights[s] = history.Weight(s);
            StretchInto(_tokens.AsSpan(s * experts, experts), history.Loads(s), tokens);
        }

        return tokens;
    }

    private static double Total(ReadOnlySpan<double> loads)
    {
        double total = 0;
        foreach (double load in loads)
        {
            total += load;
        }

        return total;
    }

    private void StretchInto(Span<int> tokens, ReadOnlySpan<double> loads, double all)
    {
        double scale = all > 0 ? Total(loads) / all : 0;
        for (int e = 0; e < loads.Length; e++)
        {
            double mean = scale * _sum[e];
            double stretched = mean + (Stretch * (loads[e] - mean));
            tokens[e] = (int)Math.Clamp(Math.Ceiling(stretched - Rounding), 0, _most);
        }
    }
}
