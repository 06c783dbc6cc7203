namespace DaprMoE.Simulation;

/// <summary>A distribution of times, s.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="P50">Median.</param>
/// <param name="P99">The time that 99 % do not exceed.</param>
public sealed record LatencySummary(double Mean, double P50, double P99)
{
    internal static LatencySummary Of(Distribution times) => new(times.Mean, times.Quantile(0.5), times.Quantile(0.99));

    internal static LatencySummary? OfAny(Distribution times) => times.Count > 0 ? Of(times) : null;
}
