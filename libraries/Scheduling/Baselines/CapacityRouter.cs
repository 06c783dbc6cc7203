namespace DaprMoE.Scheduling;

/// <summary>
/// Capacity-aware inference (lossy; simulator only): an expert with more candidates than its capacity keeps the best by score, then each
/// token keeps its best top-k of what remains.
/// </summary>
public static class CapacityRouter
{
    /// <summary>Routes a batch.</summary>
    /// <param name="scores">Router scores of each token; only their order counts.</param>
    /// <param name="topK">Experts of a token.</param>
    /// <param name="gamma">Capacity in mean loads, above 0.</param>
    /// <param name="mode">Drop: the candidates of a token are its top-k; expanded: its best <paramref name="candidates"/>.</param>
    /// <param name="candidates">Candidates of a token when expanded; null = twice top-k, at most all.</param>
    /// <exception cref="SchedulingException">Top-k, factor or candidates outside their ranges.</exception>
    public static CapacityRouting Route(
        IReadOnlyList<double[]> scores, int topK, double gamma, CapacityMode mode, int? candidates = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
        {
            return new CapacityRouting(null, [], [], 0, topK);
        }

        int experts = scores[0].Length;
        int width = Width(experts, topK, mode, candidates);
        long capacity = ExpertCapacity.Of(gamma, (long)topK * scores.Count, experts);
        long? enforced = scores.Count > 1 ? capacity : null;
        int[][] best = [.. scores.Select(Descending)];
        bool[][] held = Hold(scores, best, width, enforced ?? scores.Count);
        int[][] assigned = new int[scores.Count][];
        int[] loads = new int[experts];
        int rerouted = 0;
        for (int t = 0; t < assigned.Length; t++)
        {
            int[] mine = [.. best[t].Take(width).Where(e => held[t][e]).Take(topK)];
            rerouted += mine.Except(best[t].Take(topK)).Count();
            assigned[t] = [.. mine.Order()];
            Array.ForEach(mine, e => loads[e]++);
        }

        return new CapacityRouting(enforced, assigned, loads, rerouted, topK);
    }

    private static int Width(int experts, int topK, CapacityMode mode, int? candidates)
    {
        if (topK < 1 || topK > experts)
        {
            throw Check.Error(SchedulingError.BadTopK, $"Top-{topK} of {experts} experts; give 1 … {experts}.");
        }

        int width = mode == CapacityMode.Drop ? topK : candidates ?? Math.Min(experts, 2 * topK);
        return width >= topK && width <= experts
            ? width
            : throw Check.Error(
                SchedulingError.BadMode, $"{width} candidates for top-{topK} of {experts} experts; give {topK} … {experts}.");
    }

    private static int[] Descending(double[] scores) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(e => scores[e]).ThenBy(e => e)];

    /// <summary>Which candidates each expert keeps: the best scores, of equal scores the first tokens.</summary>
    private static bool[][] Hold(IReadOnlyList<double[]> scores, int[][] best, int width, long capacity)
    {
        int experts = scores[0].Length;
        bool[][] held = [.. best.Select(_ => new bool[experts])];
        ILookup<int, int> wanting = best
            .SelectMany((order, t) => order.Take(width).Select(e => (Expert: e, Token: t)))
            .ToLookup(pair => pair.Expert, pair => pair.Token);
        for (int e = 0; e < experts; e++)
        {
            foreach (int t in wanting[e].OrderByDescending(t => scores[t][e]).ThenBy(t => t).Take((int)Math.Min(capacity, scores.Count)))
            {
                held[t][e] = true;
            }
        }

        return held;
    }
}
