namespace DaprMoE.Scheduling;

/// <summary>
/// Lowers the largest device load as far as shifting tokens can, exactly. The level starts at the mean; devices above it pass tokens on
/// along shortest chains to devices below it. Where a set of devices can pass nothing on, their own mean is a bound that no shifting
/// beats: it becomes the level. At the end no device is above the level, and the level is such a bound.
/// </summary>
internal static class Levelling
{
    /// <summary>Shifts tokens between replicas that are woken, those above the floor only.</summary>
    public static void Run(in DividedLayer layer, ShiftingPath path)
    {
        long level = Mean(layer.Loads);
        while (IsExceeded(layer.Loads, level))
        {
            if (path.Find(layer, level, level, new ExcessShift(layer.Floor)))
            {
                path.ShiftExcess(layer, level, layer.Floor);
            }
            else
            {
                level = Mean(layer.Loads, path.Reached);
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
