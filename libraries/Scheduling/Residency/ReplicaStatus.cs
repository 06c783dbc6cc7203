namespace DaprMoE.Scheduling;

/// <summary>A replica that holds memory, at one moment.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="State">Its state.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Bytes">Bytes of the slot.</param>
/// <param name="Calls">Calls that hold it.</param>
/// <param name="IsPinned">Whether it is pinned.</param>
/// <param name="IsPlanned">Whether the current plan holds it.</param>
/// <param name="IdleSinceUs">When its last use ended, or its load, in microseconds; meaningful while it is warm.</param>
public readonly record struct ReplicaStatus(
    ReplicaId Replica, ReplicaState State, MemorySlot Slot, long Bytes, int Calls, bool IsPinned, bool IsPlanned, long IdleSinceUs);
