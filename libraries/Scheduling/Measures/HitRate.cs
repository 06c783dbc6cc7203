namespace DaprMoE.Scheduling;

/// <summary>How many of the experts that came were foreseen.</summary>
public static class HitRate
{
    /// <summary>
    /// Mean over tokens of |foreseen ∩ actual| / |actual|; tokens without actual experts do not count. Null when none is left.
    /// </summary>
    /// <param name="predicted">Foreseen experts of each token.</param>
    /// <param name="actual">Actual experts of each token.</param>
    /// <exception cref="SchedulingException">The two are about different numbers of tokens.</exception>
    public static double? Of(IReadOnlyList<int[]> predicted, IReadOnlyList<int[]> actual)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        Check.SameLength("forecasts", predicted.Count, "tokens", actual.Count);
        double sum = 0;
        int tokens = 0;
        for (int t = 0; t < actual.Count; t++)
        {
            int wanted = actual[t].Distinct().Count();
            if (wanted > 0)
            {
                sum += (double)actual[t].Intersect(predicted[t]).Count() / wanted;
                tokens++;
            }
        }

        return tokens > 0 ? sum / tokens : null;
    }
}
