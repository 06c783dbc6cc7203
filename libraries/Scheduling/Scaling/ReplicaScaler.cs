namespace DaprMoE.Scheduling;

/// <summary>
/// MoEless Algorithm 1 with its errata corrected: a replica's load is the expert's load / its replicas, and the cap is never exceeded.
/// Reusable; an instance belongs to one thread at a time and allocates nothing once its buffers have grown.
/// </summary>
public sealed class ReplicaScaler
{
    /// <summary>Most copies added to a layer whatever the cap, so that no input takes long: far above what any box holds.</summary>
    public const int MostExtra = 1 << 20;

    private readonly PriorityQueue<int, Share> _stragglers = new();

    /// <summary>
    /// Gives one more replica to the expert with the largest share until the replica loads are balanced, the cap is reached, or the
    /// straggler can't or needn't be divided.
    /// </summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="limits">Cap, threshold and the rest.</param>
    /// <param name="replicas">Receives the replicas of each expert, at least 1.</param>
    /// <exception cref="SchedulingException">No experts, a load that is NaN or negative, or limits outside their ranges.</exception>
    public ScalingResult Scale(ReadOnlySpan<double> loads, in ScalingLimits limits, Span<int> replicas)
    {
        CheckInput(loads, limits, replicas);
        replicas.Fill(1);
        _stragglers.Clear();
        for (int e = 0; e < loads.Length; e++)
        {
            _stragglers.Enqueue(e, new Share(loads[e], e));
        }

        _stragglers.TryPeek(out _, out Share largest);
        VariationTest variation = new(loads, replicas, limits.Threshold);
        long maxExtra = limits.CapBytes / limits.ExpertBytes;
        double before = LoadVariation.Of(loads);
        (ScalingReason reason, int extra) = Divide(loads, limits, replicas, ref variation);
        _stragglers.TryPeek(out _, out Share straggler);
        return new ScalingResult(
            reason, extra, maxExtra, before, LoadVariation.OfReplicas(loads, replicas), largest.Tokens, straggler.Tokens);
    }

    private (ScalingReason Reason, int Extra) Divide(
        ReadOnlySpan<double> loads, in ScalingLimits limits, Span<int> replicas, ref VariationTest variation)
    {
        if (variation.Total == 0)
        {
            return (ScalingReason.NoLoad, 0);
        }

        long most = Math.Min(limits.CapBytes / limits.ExpertBytes, MostExtra);
        for (int extra = 0; ; extra++)
        {
            _stragglers.TryPeek(out int expert, out Share share);
            if (StopAt(share, extra >= most, replicas[expert], limits, variation) is ScalingReason reason)
            {
                return (reason, extra);
            }

            replicas[expert]++;
            variation.Added(expert);
            _stragglers.DequeueEnqueue(expert, new Share(loads[expert] / replicas[expert], expert));
        }
    }

    private static ScalingReason? StopAt(
        Share share, bool capReached, int replicas, in ScalingLimits limits, in VariationTest variation)
    {
        return !variation.Exceeds() ? ScalingReason.Balanced
            : capReached ? ScalingReason.Cap
            : replicas >= (limits.MaxPerExpert ?? int.MaxValue) ? ScalingReason.ReplicaLimit
            : share.Tokens <= limits.MinTokens ? ScalingReason.Indivisible
            : null;
    }

    private static void CheckInput(ReadOnlySpan<double> loads, in ScalingLimits limits, Span<int> replicas)
    {
        Check.Loads(loads);
        Check.SameLength("replica counts", replicas.Length, "experts", loads.Length);
        if (limits.ExpertBytes <= 0)
        {
            throw Check.Error(SchedulingError.BadExpertBytes, $"An expert of {limits.ExpertBytes} bytes; its size is at least 1 byte.");
        }

        if (limits.CapBytes < 0)
        {
            throw Check.Error(SchedulingError.BadCap, $"A cap of {limits.CapBytes} bytes on extra copies; give 0 bytes or more.");
        }

        if (!(limits.Threshold >= 0))
        {
            throw Check.Error(
                SchedulingError.BadThreshold, $"A threshold of {limits.Threshold} on the variation of loads; give 0 or more.");
        }
    }
}
