namespace DaprMoE.Scheduling;

/// <summary>The loads of the lossy oracle: the same tokens in all, spread equally over the experts.</summary>
public static class EqualLoads
{
    /// <summary>Spreads the loads; the first experts take the remainder.</summary>
    /// <param name="loads">Tokens of each expert; receives the equal loads.</param>
    public static void Spread(Span<int> loads)
    {
        long total = 0;
        foreach (int load in loads)
        {
            total += load;
        }

        for (int e = 0; e < loads.Length; e++)
        {
            loads[e] = (int)((total / loads.Length) + (e < total % loads.Length ? 1 : 0));
        }
    }
}
