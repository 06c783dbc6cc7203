namespace DaprMoE.Scheduling.Tests;

/// <summary>Skewed loads for tests.</summary>
internal static class SyntheticLoads
{
    /// <summary>Tokens drawn from a Zipf law over experts in random order.</summary>
    public static int[] Zipf(Random random, int experts, int tokens, double skew)
    {
        int[] order = [.. Enumerable.Range(0, experts)];
        random.Shuffle(order);
        double[] weights = [.. Enumerable.Range(1, experts).Select(rank => Math.Pow(rank, -skew))];
        double total = weights.Sum();
        int[] loads = new int[experts];
        for (int rank = 0; rank < experts; rank++)
        {
            loads[order[rank]] = (int)(tokens * weights[rank] / total * (0.7 + (0.6 * random.NextDouble())));
        }

        return loads;
    }
}
