namespace DaprMoE.Scheduling;

/// <summary>Jensen–Shannon divergence of forecast and actual loads.</summary>
public static class JensenShannon
{
    /// <summary>The divergence of the normalised loads, base 2, 0 … 1. Both all zero: 0; one of them: 1.</summary>
    /// <param name="predicted">Forecast loads; negative values count as 0.</param>
    /// <param name="actual">Actual loads.</param>
    /// <exception cref="SchedulingException">The two differ in length.</exception>
    public static double Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        Check.SameLength("forecast loads", predicted.Length, "experts", actual.Length);
        LoadShares p = new(predicted);
        LoadShares q = new(actual);
        if (p.AreNone || q.AreNone)
        {
            return p.AreNone && q.AreNone ? 0 : 1;
        }

        double sum = 0;
        for (int e = 0; e < actual.Length; e++)
        {
            double middle = (p[e] + q[e]) / 2;
            sum += Half(p[e], middle) + Half(q[e], middle);
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static double Half(double share, double middle) => share > 0 ? 0.5 * share * Math.Log2(share / middle) : 0;
}
