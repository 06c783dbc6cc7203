using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>A replica that holds memory, at one moment.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="State">Its state.</param>
/// <param name="Bytes">Bytes that it holds.</param>
/// <param name="Calls">Calls that hold it.</param>
/// <param name="IsPinned">Whether it is pinned.</param>
/// <param name="IsPlanned">Whether the device's plan holds it.</param>
/// <param name="Idle">How long it has been idle; zero unless it is warm.</param>
public readonly record struct ReplicaSnapshot(
    ReplicaId Replica, ReplicaState State, long Bytes, int Calls, bool IsPinned, bool IsPlanned, TimeSpan Idle);
