namespace DaprMoE.Scheduling;

/// <summary>A change of a replica's state.</summary>
/// <param name="TimeUs">When, in microseconds.</param>
/// <param name="Device">The device.</param>
/// <param name="MemoryKind">The kind of its memory.</param>
/// <param name="Replica">The replica.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Reason">Why.</param>
/// <param name="Bytes">Bytes of its slot.</param>
/// <param name="ElapsedUs">Microseconds that it spent in the state before: of a load, of a use, of idleness; 0 when absent.</param>
public readonly record struct ResidencyTransition(
    long TimeUs,
    int Device,
    string MemoryKind,
    ReplicaId Replica,
    ReplicaState From,
    ReplicaState To,
    ResidencyReason Reason,
    long Bytes,
    long ElapsedUs)
{
    /// <summary>What the bill sees of it: the memory is taken, is ready, is free; null for what it does not see.</summary>
    public ReplicaMemoryEvent? MemoryEvent => (From, To) switch
    {
        (ReplicaState.Absent, ReplicaState.Loading) => Memory(Scheduling.MemoryEvent.Load),
        (ReplicaState.Loading, ReplicaState.Warm) => Memory(Scheduling.MemoryEvent.Warm),
        (_, ReplicaState.Absent) => Memory(Scheduling.MemoryEvent.Evict),
        _ => null,
    };

    private ReplicaMemoryEvent Memory(MemoryEvent change) => new(TimeUs, change, Replica, Device, MemoryKind, Bytes);
}
