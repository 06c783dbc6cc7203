namespace DaprMoE.Scheduling;

/// <summary>A start for the balanced rules: all tokens of an expert on one replica.</summary>
internal static class WholeExperts
{
    /// <summary>Experts with one replica first, they have no choice; then each other expert on the device that carries fewest tokens.</summary>
    public static void Assign(ReadOnlySpan<int> tokens, LayerPlan plan, Span<int> parts, Span<int> deviceTokens)
    {
        for (int e = 0; e < tokens.Length; e++)
        {
            if (plan.CountOf(e) == 1)
            {
                Give(plan, plan.FirstOf(e), tokens[e], parts, deviceTokens);
            }
        }

        for (int e = 0; e < tokens.Length; e++)
        {
            if (plan.CountOf(e) > 1)
            {
                Give(plan, LeastLoaded(plan, e, deviceTokens), tokens[e], parts, deviceTokens);
            }
        }
    }

    private static void Give(LayerPlan plan, int position, int tokens, Span<int> parts, Span<int> deviceTokens)
    {
        parts[position] = tokens;
        deviceTokens[plan.Replicas[position].Device] += tokens;
    }

    private static int LeastLoaded(LayerPlan plan, int expert, ReadOnlySpan<int> deviceTokens)
    {
        int best = plan.FirstOf(expert);
        for (int i = best + 1; i < plan.FirstOf(expert) + plan.CountOf(expert); i++)
        {
            best = deviceTokens[plan.Replicas[i].Device] < deviceTokens[plan.Replicas[best].Device] ? i : best;
        }

        return best;
    }
}
