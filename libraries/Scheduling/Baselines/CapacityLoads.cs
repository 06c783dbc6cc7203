namespace DaprMoE.Scheduling;

/// <summary>Outcome of the capacity-aware baseline at the level of loads.</summary>
/// <param name="Capacity">Most tokens of an expert.</param>
/// <param name="Dropped">Assignments that no expert takes: the loss.</param>
/// <param name="Rerouted">Assignments that went to another expert than the gate chose.</param>
public readonly record struct CapacityLoads(long Capacity, long Dropped, long Rerouted)
{
    /// <summary>
    /// Limits the loads of a layer. <see cref="CapacityMode.Expanded"/> gives each overflowing token to the least loaded expert below the
    /// capacity, ties to the lowest index.
    /// </summary>
    /// <param name="loads">Tokens of each expert, 0 or more; receives the loads after the limit.</param>
    /// <param name="gamma">Capacity in mean loads, above 0.</param>
    /// <param name="mode">What happens to the overflow.</param>
    /// <exception cref="SchedulingException">No experts, a negative load, or a factor that is not positive.</exception>
    public static CapacityLoads Limit(Span<long> loads, double gamma, CapacityMode mode)
    {
        long total = Sum(loads);
        long capacity = ExpertCapacity.Of(gamma, total, loads.Length);
        long overflow = 0;
        foreach (ref long load in loads)
        {
            overflow += Math.Max(0, load - capacity);
            load = Math.Min(load, capacity);
        }

        long rerouted = mode == CapacityMode.Expanded ? Fill(loads, capacity, overflow) : 0;
        return new CapacityLoads(capacity, overflow - rerouted, rerouted);
    }

    private static long Sum(ReadOnlySpan<long> loads)
    {
        if (loads.IsEmpty)
        {
            throw Check.Error(SchedulingError.NoExperts, "The layer has no experts; a capacity needs at least one.");
        }

        long total = 0;
        for (int e = 0; e < loads.Length; e++)
        {
            total += loads[e] >= 0 ? loads[e] : throw Check.BadLoad(e, loads[e]);
        }

        return total;
    }

    /// <summary>
    /// Raises the lowest loads to one level, as giving the tokens out one by one would; what is left over goes to the lowest indices.
    /// </summary>
    private static long Fill(Span<long> loads, long capacity, long tokens)
    {
        long level = Level(loads, capacity, tokens);
        long given = 0;
        foreach (ref long load in loads)
        {
            given += Math.Max(0, level - load);
            load = Math.Max(load, level);
        }

        for (int e = 0; e < loads.Length && given < tokens && level < capacity; e++)
        {
            if (loads[e] == level)
            {
                loads[e]++;
                given++;
            }
        }

        return given;
    }

    /// <summary>The highest level, at most the capacity, that the tokens can raise every load to.</summary>
    private static long Level(ReadOnlySpan<long> loads, long capacity, long tokens)
    {
        long low = 0;
        long high = capacity;
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            long needed = 0;
            foreach (long load in loads)
            {
                needed += Math.Max(0, middle - load);
            }

            (low, high) = needed <= tokens ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
