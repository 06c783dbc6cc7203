namespace DaprMoE.Scheduling;

/// <summary>
/// Lowers the largest device load as far as shifting tokens can, exactly. The level starts at the mean; devices above it pass tokens on
/// along shortest chains to devices below it. Where a set of devices can pass nothing on, their own mean is a bound that no shifting
/// beats: it becomes the level. At the end no device is above the level, and the level is such a bound.
/// </summary>
internal static class Levelling
{
    /// <summary>Shifts tokens.</summary>
    /// <param name="plan">The replicas.</param>
    /// <param name="result">Parts, device loads and buffers; <see cref="SplitResult.Movable"/> is built.</param>
    /// <param name="loads">Load of each device: tokens, or work of at least <paramref name="floor"/> for each replica that is woken.</param>
    /// <param name="floor">Work below which a replica that is woken does not fall; 0 when work is tokens.</param>
    public static void Run(LayerPlan plan, SplitResult result, Span<int> loads, int floor)
    {
        Span<int> parts = result.TokensBuffer;
        long level = Mean(loads);
        while (IsExceeded(loads, level))
        {
            if (result.Path.Find(plan, result.Movable, parts, loads, level, floor))
            {
                result.Path.Shift(plan, parts, loads, level);
            }
            else
            {
                level = Mean(loads, result.Path.Reached);
            }
        }
    }

    private static bool IsExceeded(ReadOnlySpan<int> loads, long level)
    {
        foreach (int load in loads)
        {
            if (load > level)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The mean load of all devices, rounded up: tokens are whole.</summary>
    private static long Mean(ReadOnlySpan<int> loads)
    {
        long total = 0;
        foreach (int load in loads)
        {
            total += load;
        }

        return (total + loads.Length - 1) / loads.Length;
    }

    private static long Mean(ReadOnlySpan<int> loads, ReadOnlySpan<int> devices)
    {
        long total = 0;
        foreach (int device in devices)
        {
            total += loads[device];
        }

        return (total + devices.Length - 1) / devices.Length;
    }
}
