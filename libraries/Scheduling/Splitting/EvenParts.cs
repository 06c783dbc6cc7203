namespace DaprMoE.Scheduling;

/// <summary>Equal parts of whole tokens.</summary>
internal static class EvenParts
{
    /// <summary>How far below a whole number a quotient still counts as that number, against rounding.</summary>
    private const double Rounding = 1e-9;

    public static void Split(ReadOnlySpan<int> tokens, LayerPlan plan, double crossover, SplitResult result)
    {
        SplitInput.Start(tokens, plan, result);
        Span<int> parts = result.TokensBuffer;
        for (int e = 0; e < tokens.Length; e++)
        {
            int replicas = plan.CountOf(e);
            if (replicas > 0)
            {
                Divide(tokens[e], parts.Slice(plan.FirstOf(e), Used(tokens[e], replicas, crossover)));
            }
        }

        result.CountDevices(plan);
    }

    /// <summary>
    /// Replicas that get tokens: the fewest that keep each at the crossover or below, and all of them when there is no crossover.
    /// </summary>
    public static int Used(int tokens, int replicas, double crossover) =>
        crossover > 0 ? (int)Math.Min(replicas, Math.Max(1, Math.Ceiling((tokens / crossover) - Rounding))) : replicas;

    public static void Divide(int tokens, Span<int> parts)
    {
        (int part, int rest) = Math.DivRem(tokens, parts.Length);
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = part + (i < rest ? 1 : 0);
        }
    }
}
