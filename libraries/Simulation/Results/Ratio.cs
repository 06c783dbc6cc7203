namespace DaprMoE.Simulation;

/// <summary>A ratio to static placement, seed by seed.</summary>
/// <param name="Mean">Mean over the seeds.</param>
/// <param name="Deviation">Standard deviation over the seeds (of the population).</param>
public readonly record struct Ratio(double Mean, double Deviation)
{
    /// <returns>Null where static's measure is 0 with any seed: nothing is a multiple of it.</returns>
    internal static Ratio? Of(IReadOnlyList<PolicyResult> seeds, IReadOnlyList<PolicyResult> statics, Func<PolicyResult, double> measure)
    {
        if (statics.Any(reference => measure(reference) == 0))
        {
            return null;
        }

        double[] ratios = [.. seeds.Zip(statics, (result, reference) => measure(result) / measure(reference))];
        double mean = ratios.Average();
        return new Ratio(mean, Math.Sqrt(ratios.Average(ratio => (ratio - mean) * (ratio - mean))));
    }
}
