namespace DaprMoE.Scheduling;

/// <summary>EPLB's copies: one of each, then one more of the largest weight / copies (ties: lowest), until all are given.</summary>
internal static class Replication
{
    /// <summary>The expert and rank of each copy in the order they are made, and the copies of each expert.</summary>
    public static (int[] Expert, int[] Rank, int[] Count) Replicate(ReadOnlySpan<double> weights, int total)
    {
        int[] expert = new int[total];
        int[] rank = new int[total];
        int[] count = new int[weights.Length];
        PriorityQueue<int, Share> largest = new(weights.Length);
        for (int e = 0; e < weights.Length; e++)
        {
            expert[e] = e;
            count[e] = 1;
            largest.Enqueue(e, new Share(weights[e], e));
        }

        for (int i = weights.Length; i < total; i++)
        {
            int e = largest.Peek();
            expert[i] = e;
            rank[i] = count[e]++;
            largest.DequeueEnqueue(e, new Share(weights[e] / count[e], e));
        }

        return (expert, rank, count);
    }
}
