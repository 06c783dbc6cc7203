namespace DaprMoE.Models;

/// <summary>Parameters of the rope kind <c>yarn</c>.</summary>
internal sealed record YarnScaling
{
    public required double Factor { get; init; }

    public required double OriginalPositions { get; init; }

    public required double BetaFast { get; init; }

    public required double BetaSlow { get; init; }

    public required bool Truncate { get; init; }

    public required double Mscale { get; init; }

    public required double MscaleAllDim { get; init; }

    public required double? AttentionFactor { get; init; }

    /// <summary>The factor on cosine and sine.</summary>
    public double EffectiveAttentionFactor
    {
        get
        {
            if (AttentionFactor is { } given)
            {
                return given;
            }

            return Mscale != 0 && MscaleAllDim != 0 ? MscaleOf(Mscale) / MscaleOf(MscaleAllDim) : MscaleOf(1);
        }
    }

    /// <summary>The pairs between which the ramp from kept to divided frequencies runs.</summary>
    /// <param name="theta">The rotation's base.</param>
    /// <param name="size">Rotated values per head (twice the pairs).</param>
    public (double Low, double High) Ramp(double theta, int size)
    {
        double low = PairTurning(BetaFast, theta, size);
        double high = PairTurning(BetaSlow, theta, size);
        if (Truncate)
        {
            low = Math.Floor(low);
            high = Math.Ceiling(high);
        }

        low = Math.Max(low, 0);
        high = Math.Min(high, size - 1);
        return (low, low == high ? high + 0.001 : high);
    }

    /// <summary>The pair that turns so many times within the original context.</summary>
    private double PairTurning(double turns, double theta, int size) =>
        size * Math.Log(OriginalPositions / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));

    private double MscaleOf(double scale) => Factor <= 1 ? 1 : (0.1 * scale * Math.Log(Factor)) + 1;
}
