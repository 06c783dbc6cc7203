namespace DaprMoE.Scheduling;

/// <summary>
/// EPLB's packing: n items into bins of exactly n / bins each, the heaviest item (ties: lowest) into the lightest bin with room (ties:
/// lowest). With one item per bin nothing is sorted: item i goes to bin i.
/// </summary>
internal static class BalancedPacking
{
    public static (int[] Bin, int[] Rank) Pack(ReadOnlySpan<double> weights, int bins)
    {
        int size = weights.Length / bins;
        int[] bin = new int[weights.Length];
        int[] rank = new int[weights.Length];
        if (size == 1)
        {
            for (int i = 0; i < bin.Length; i++)
            {
                bin[i] = i;
            }

            return (bin, rank);
        }

        double[] load = new double[bins];
        int[] used = new int[bins];
        foreach (Share item in Descending(weights))
        {
            int lightest = Lightest(load, used, size);
            bin[item.Expert] = lightest;
            rank[item.Expert] = used[lightest]++;
            load[lightest] += item.Tokens;
        }

        return (bin, rank);
    }

    private static Share[] Descending(ReadOnlySpan<double> weights)
    {
        Share[] items = new Share[weights.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new Share(weights[i], i);
        }

        Array.Sort(items);
        return items;
    }

    private static int Lightest(ReadOnlySpan<double> load, ReadOnlySpan<int> used, int size)
    {
        int best = -1;
        for (int b = 0; b < load.Length; b++)
        {
            if (used[b] < size && (best < 0 || load[b] < load[best]))
            {
                best = b;
            }
        }

        return best;
    }
}
