namespace DaprMoE.Scheduling;

/// <summary>MoEless Algorithm 1.</summary>
public sealed class ReplicaScaler
{
    /// <summary>Chooses how many replicas each expert gets.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="limits">Cap, threshold and the rest.</param>
    /// <param name="replicas">Receives the replicas of each expert, at least 1.</param>
    /// <exception cref="SchedulingException">Bad loads or limits.</exception>
    public ScalingResult Scale(ReadOnlySpan<double> loads, in ScalingLimits limits, Span<int> replicas) => throw new NotImplementedException();
}
