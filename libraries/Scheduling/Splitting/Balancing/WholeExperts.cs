namespace DaprMoE.Scheduling;

/// <summary>A start for the balanced rules: all tokens of an expert on one replica.</summary>
internal static class WholeExperts
{
    /// <summary>
    /// Experts with one replica first, they have no choice; then the others, the largest first, each on the device with the least work so
    /// far.
    /// </summary>
    /// <param name="tokens">Tokens of each expert.</param>
    /// <param name="plan">The replicas.</param>
    /// <param name="floor">Work below which a replica that is woken does not fall; 0 when work is tokens.</param>
    /// <param name="result">Receives the tokens of each replica.</param>
    /// <param name="loads">Receives the work of each device.</param>
    public static void Assign(ReadOnlySpan<int> tokens, LayerPlan plan, int floor, SplitResult result, Span<int> loads)
    {
        Span<int> parts = result.TokensBuffer;
        Span<Share> choices = result.Choices(tokens.Length);
        int count = 0;
        for (int e = 0; e < tokens.Length; e++)
        {
            if (plan.CountOf(e) == 1)
            {
                Give(plan, plan.FirstOf(e), tokens[e], floor, parts, loads);
            }
            else if (plan.CountOf(e) > 1 && tokens[e] > 0)
            {
                choices[count++] = new Share(tokens[e], e);
            }
        }

        choices[..count].Sort();
        foreach (Share choice in choices[..count])
        {
            Give(plan, LeastLoaded(plan, choice.Expert, loads), tokens[choice.Expert], floor, parts, loads);
        }
    }

    /// <summary>Work of a replica in tokens: at least <paramref name="floor"/> when it is woken.</summary>
    public static int Work(int tokens, int floor) => tokens == 0 ? 0 : Math.Max(tokens, floor);

    private static void Give(LayerPlan plan, int position, int tokens, int floor, Span<int> parts, Span<int> loads)
    {
        parts[position] = tokens;
        loads[plan.Replicas[position].Device] += Work(tokens, floor);
    }

    private static int LeastLoaded(LayerPlan plan, int expert, ReadOnlySpan<int> loads)
    {
        int best = plan.FirstOf(expert);
        for (int i = best + 1; i < plan.FirstOf(expert) + plan.CountOf(expert); i++)
        {
            best = loads[plan.Replicas[i].Device] < loads[plan.Replicas[best].Device] ? i : best;
        }

        return best;
    }
}
