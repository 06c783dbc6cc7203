using System.Globalization;

namespace DaprMoE.Dashboard.Benchmarks;

/// <summary>What one run came to.</summary>
/// <param name="CpuShare">Processor time of the server over the run's time and all cores.</param>
/// <param name="P50">Median time between tokens, ms.</param>
/// <param name="P99">Its 99th percentile, ms.</param>
/// <param name="Tokens">Tokens that came.</param>
internal sealed record RunFigures(double CpuShare, double P50, double P99, int Tokens)
{
    /// <summary>Figures of a run.</summary>
    public static RunFigures Of(double cpuShare, List<double> gaps)
    {
        gaps.Sort();
        return new RunFigures(cpuShare, At(gaps, 0.5), At(gaps, 0.99), gaps.Count);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{CpuShare:0.0%} of all cores, p50 {P50:0.00} ms, p99 {P99:0.00} ms over {Tokens} tokens");

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];
}
