using System.Diagnostics.CodeAnalysis;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// What the loader has to do. Slots are returned before anything is loaded, so that memory is given back before it is taken again;
/// loads that calls wait for go before all others. Used under the device's lock; bounded by the slots of the budget.
/// </summary>
internal sealed class LoadQueue : ILoadQueue
{
    private readonly Queue<MemorySlot> _returns = [];
    private readonly List<LoadJob> _waiting = [];
    private readonly Stack<LoadJob> _spare = [];

    /// <summary>The load that is being read.</summary>
    public LoadJob? Current { get; private set; }

    /// <summary>Whether a call waits for a load that is not being read yet.</summary>
    public bool HasDemand { get; private set; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _returns.Count == 0 && _waiting.Count == 0;

    public void Return(MemorySlot slot) => _returns.Enqueue(slot);

    public void Add(long load, ReplicaId replica, MemorySlot slot, bool isDemand)
    {
        LoadJob job = _spare.TryPop(out LoadJob? spare) ? spare : new LoadJob();
        job.Begin(load, replica, slot, isDemand);
        _waiting.Add(job);
        HasDemand |= isDemand;
    }

    /// <summary>A call waits for the replica: if it is loading, it is no longer ahead of time.</summary>
    public void Demand(ReplicaId replica)
    {
        if (Current?.Replica == replica)
        {
            Current.IsDemand = true;
        }

        foreach (LoadJob job in _waiting)
        {
            if (job.Replica == replica)
            {
                job.IsDemand = true;
                HasDemand = true;
            }
        }
    }

    public void Cancel(long load)
    {
        if (Current?.Load == load)
        {
            Current.IsCancelled = true;
        }

        for (int index = _waiting.Count - 1; index >= 0; index--)
        {
            if (_waiting[index].Load == load)
            {
                _spare.Push(_waiting[index]);
                _waiting.RemoveAt(index);
            }
        }

        NoteDemand();
    }

    public bool TryTakeReturn(out MemorySlot slot) => _returns.TryDequeue(out slot);

    public bool TryTakeLoad([NotNullWhen(true)] out LoadJob? job)
    {
        int index = Math.Max(0, _waiting.FindIndex(waiting => waiting.IsDemand));
        job = index < _waiting.Count ? _waiting[index] : null;
        if (job is null)
        {
            return false;
        }

        _waiting.RemoveAt(index);
        Current = job;
        NoteDemand();
        return true;
    }

    /// <summary>The current load's reads are over.</summary>
    public void EndCurrent()
    {
        _spare.Push(Current!);
        Current = null;
    }

    /// <summary>The current load makes way; it starts over before others of its kind.</summary>
    public void PutBackCurrent()
    {
        _waiting.Insert(0, Current!);
        HasDemand |= Current!.IsDemand;
        Current = null;
    }

    private void NoteDemand() => HasDemand = _waiting.Exists(job => job.IsDemand);
}
