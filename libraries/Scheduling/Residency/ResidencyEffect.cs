namespace DaprMoE.Scheduling;

/// <summary>One thing that the owner of the memory has to do, in the order given.</summary>
/// <param name="Kind">What.</param>
/// <param name="Replica">The replica, where the effect is about one.</param>
/// <param name="Slot">The slot, where it is about one.</param>
/// <param name="Id">Number of the load, the call, or the requester of what is refused (the version for a plan).</param>
/// <param name="Refusal">Why it is refused.</param>
/// <param name="Bytes">Bytes of the slot, or bytes that a refused one needs.</param>
/// <param name="LimitBytes">Bytes that a refused one could have had.</param>
public readonly record struct ResidencyEffect(
    ResidencyEffectKind Kind,
    ReplicaId Replica,
    MemorySlot Slot,
    long Id,
    RefusalReason Refusal = RefusalReason.None,
    long Bytes = 0,
    long LimitBytes = 0);
