namespace DaprMoE.Scheduling;

/// <summary>
/// The least possible largest device load, exactly. The level starts at the mean; devices above it pass tokens on along shortest chains
/// to devices below it. Where a set of devices can pass nothing on, their tokens have no other home, so their own mean is a bound that no
/// division beats: it becomes the level. At the end no device is above the level, and the level is such a bound.
/// </summary>
internal sealed class BalancedSplit : ISplitRule
{
    public string Name => "balanced";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result)
    {
        SplitInput.Start(tokens, plan, result);
        Span<int> parts = result.TokensBuffer;
        Span<int> loads = result.DeviceTokensBuffer;
        WholeExperts.Assign(tokens, plan, parts, loads);
        result.Movable.Build(tokens, plan);
        long level = Mean(loads);
        while (IsExceeded(loads, level))
        {
            if (result.Path.Find(plan, result.Movable, parts, loads, level))
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
