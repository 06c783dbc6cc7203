using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// The least time of a layer that keeps every token at its experts, whatever the placement: no plan and no split can be faster on these
/// devices. It is a bound, not a plan: it may be below what is possible.
/// </summary>
internal sealed class LosslessBound(ShapeTiming timing, DeviceOverlap overlap, int devices)
{
    /// <summary>The bound of a layer, s.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="replicas">Replicas of the layer that all devices together can hold.</param>
    public double Of(ReadOnlySpan<int> loads, long replicas)
    {
        long tokens = 0;
        foreach (int load in loads)
        {
            tokens += load;
        }

        if (tokens == 0)
        {
            return 0;
        }

        double compute = overlap == DeviceOverlap.Device
            ? SerialDevices(loads)
            : timing.Replica.Replica(LeastLargestShare(loads, tokens, replicas));
        long busiest = (tokens + devices - 1) / devices;
        return compute + (2 * timing.SecondsPerTokenMoved * busiest);
    }

    // Some device does at least an equal share of all work, and at least an equal number of the calls, each of which reads an expert's
    // weights.
    private double SerialDevices(ReadOnlySpan<int> loads)
    {
        double work = 0;
        int called = 0;
        foreach (int load in loads)
        {
            work += timing.Replica.Work(load);
            called += load > 0 ? 1 : 0;
        }

        double calls = timing.Replica.Work(1) * ((called + devices - 1) / devices);
        return Math.Max(work / devices, calls) + timing.Replica.CallConstant;
    }

    /// <summary>The least m such that replicas with at most m tokens each suffice.</summary>
    private static long LeastLargestShare(ReadOnlySpan<int> loads, long tokens, long replicas)
    {
        long low = 1;
        long high = tokens;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (ReplicasNeeded(loads, middle) <= replicas)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static long ReplicasNeeded(ReadOnlySpan<int> loads, long most)
    {
        long needed = 0;
        foreach (int load in loads)
        {
            needed += (load + most - 1) / most;
        }

        return needed;
    }
}
