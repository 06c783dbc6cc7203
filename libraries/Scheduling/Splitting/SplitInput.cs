namespace DaprMoE.Scheduling;

/// <summary>What every split rule does first.</summary>
internal static class SplitInput
{
    /// <summary>Most tokens of a layer in one iteration: sums of them and of the least work of replicas stay within 32 bits.</summary>
    private const int MostTokens = 1 << 30;

    public static void Start(ReadOnlySpan<int> tokens, LayerPlan plan, SplitResult result)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(result);
        Check.SameLength("loads", tokens.Length, "experts", plan.Experts);
        result.Reset(plan);
        long served = 0;
        for (int e = 0; e < tokens.Length; e++)
        {
            if (tokens[e] < 0)
            {
                throw Check.BadLoad(e, tokens[e]);
            }

            if (plan.CountOf(e) == 0)
            {
                result.Unserved += tokens[e];
            }
            else
            {
                served += tokens[e];
            }
        }

        if (served > MostTokens)
        {
            throw Check.Error(
                SchedulingError.BadLoad, $"The layer has {served} tokens in one iteration; at most {MostTokens} can be divided.");
        }
    }
}
