namespace DaprMoE.Scheduling;

/// <summary>A replica that holds memory. Objects are reused by <see cref="ResidentTable"/>.</summary>
internal sealed class Resident
{
    public ReplicaId Id { get; private set; }

    public MemorySlot Slot { get; private set; }

    public long Bytes { get; private set; }

    public ReplicaState State { get; set; }

    /// <summary>Since when it is in that state.</summary>
    public long StateSinceUs { get; set; }

    /// <summary>Number of its load; reports about any other load are late.</summary>
    public long Load { get; private set; }

    /// <summary>Why it was loaded: for a call, ahead of one, or for a plan.</summary>
    public ResidencyReason Origin { get; private set; }

    /// <summary>Who asked for the load.</summary>
    public long Requester { get; private set; }

    /// <summary>Calls that wait for the load.</summary>
    public int Waiting { get; set; }

    /// <summary>Calls that hold it.</summary>
    public int Calls { get; set; }

    public bool IsPinned { get; set; }

    /// <summary>Whether the current plan holds it.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>Whether the current plan gives it up but waits for what takes its place: no keep-alive ends it.</summary>
    public bool IsRetained { get; set; }

    /// <summary>Why it goes as soon as it can, if it does.</summary>
    public ResidencyReason? Leaving { get; set; }

    /// <summary>When its last use ended, or its load.</summary>
    public long IdleSinceUs { get; set; }

    /// <summary>Its index in the table.</summary>
    public int Position { get; set; }

    public void Begin(ReplicaId id, MemorySlot slot, long bytes, long load, long requester, ResidencyReason origin)
    {
        (Id, Slot, Bytes, Load, Requester, Origin) = (id, slot, bytes, load, requester, origin);
        (State, Waiting, Calls, IsPinned) = (ReplicaState.Absent, 0, 0, false);
        (IsPlanned, IsRetained, Leaving, IdleSinceUs) = (false, false, null, 0);
    }

    /// <summary>Whether it goes when it was idle long enough.</summary>
    public bool MayIdleOut => !IsRetained && IsEvictable(plannedToo: false);

    /// <summary>Whether pressure may take it.</summary>
    /// <param name="plannedToo">Also when the plan holds it.</param>
    public bool IsEvictable(bool plannedToo) => State == ReplicaState.Warm && !IsPinned && (plannedToo || !IsPlanned);
}
