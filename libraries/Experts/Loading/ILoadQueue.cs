using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>Takes what a device has to load and to give back. Used under the device's lock.</summary>
internal interface ILoadQueue
{
    /// <summary>The load that is being read.</summary>
    LoadJob? Current { get; }

    /// <summary>Whether there is nothing that a loader would have to be woken for.</summary>
    bool IsEmpty { get; }

    void Return(MemorySlot slot);

    void Add(long load, ReplicaId replica, MemorySlot slot, bool isDemand);

    /// <summary>A call waits for the replica: if it is loading, it is no longer ahead of time.</summary>
    void Demand(ReplicaId replica);

    void Cancel(long load);

    /// <summary>The current load's reads are over.</summary>
    void EndCurrent();

    /// <summary>The current load makes way; it starts over before others of its kind.</summary>
    void PutBackCurrent();
}
