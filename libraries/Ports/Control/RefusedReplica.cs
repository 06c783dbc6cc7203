using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>A replica that a request is not followed for.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="Reason">Why.</param>
public readonly record struct RefusedReplica(ReplicaId Replica, RefusalReason Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Replica} ({Reason})";
}
