namespace DaprMoE.Scheduling;

/// <summary>How near forecast and actual loads are as distributions.</summary>
public static class LoadAccuracy
{
    /// <summary>1 − ½ · the sum of absolute differences of the normalised loads, 0 … 1. Both all zero: 1; one of them: 0.</summary>
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
            return p.AreNone && q.AreNone ? 1 : 0;
        }

        double distance = 0;
        for (int e = 0; e < actual.Length; e++)
        {
            distance += Math.Abs(p[e] - q[e]);
        }

        return 1 - (0.5 * distance);
    }
}
