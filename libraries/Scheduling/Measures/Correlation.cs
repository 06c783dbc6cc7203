namespace DaprMoE.Scheduling;

/// <summary>Pearson's correlation of forecast and actual loads.</summary>
public static class Correlation
{
    /// <summary>
    /// r of the raw loads, −1 … 1; null (left out of averages) for fewer than two experts and when one side does not vary.
    /// </summary>
    /// <exception cref="SchedulingException">The two differ in length.</exception>
    public static double? Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        Check.SameLength("forecast loads", predicted.Length, "experts", actual.Length);
        if (actual.Length < 2)
        {
            return null;
        }

        double meanP = Mean(predicted);
        double meanQ = Mean(actual);
        double together = 0;
        double varianceP = 0;
        double varianceQ = 0;
        for (int e = 0; e < actual.Length; e++)
        {
            double p = predicted[e] - meanP;
            double q = actual[e] - meanQ;
            together += p * q;
            varianceP += p * p;
            varianceQ += q * q;
        }

        return varianceP == 0 || varianceQ == 0 ? null : Math.Clamp(together / Math.Sqrt(varianceP * varianceQ), -1, 1);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
