using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// One load, from its start until its reads are over. Objects are reused by <see cref="LoadQueue"/>; changed under the device's lock.
/// </summary>
internal sealed class LoadJob
{
    /// <summary>The load's number.</summary>
    public long Load { get; private set; }

    public ReplicaId Replica { get; private set; }

    public MemorySlot Slot { get; private set; }

    /// <summary>Calls wait for it: it goes before others and reads at full speed.</summary>
    public bool IsDemand { get; set; }

    /// <summary>Nobody needs it any more; its end is not reported.</summary>
    public bool IsCancelled { get; set; }

    public void Begin(long load, ReplicaId replica, MemorySlot slot, bool isDemand) =>
        (Load, Replica, Slot, IsDemand, IsCancelled) = (load, replica, slot, isDemand, false);
}
