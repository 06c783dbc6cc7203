using System.Diagnostics.CodeAnalysis;

namespace DaprMoE.Scheduling;

/// <summary>The calls that wait or hold replicas.</summary>
internal sealed class CallTable
{
    private readonly Dictionary<long, ResidencyCall> _byId = [];
    private readonly List<ResidencyCall> _waiting = [];
    private readonly Stack<ResidencyCall> _spare = [];
    private readonly HashSet<ReplicaId> _distinct = [];

    /// <summary>Calls that wait, for memory or for loads, in order of arrival.</summary>
    public IReadOnlyList<ResidencyCall> Waiting => _waiting;

    /// <summary>Calls that wait for memory.</summary>
    public int Queued { get; private set; }

    /// <summary>The earliest deadline of a wait; <see cref="long.MaxValue"/> without any.</summary>
    public long EarliestDeadlineUs { get; private set; } = long.MaxValue;

    public bool TryGet(long id, [NotNullWhen(true)] out ResidencyCall? call) => _byId.TryGetValue(id, out call);

    /// <summary>A call that waits for memory.</summary>
    public ResidencyCall Open(long id, ReadOnlySpan<ReplicaId> replicas, long deadlineUs)
    {
        ResidencyCall call = _spare.TryPop(out ResidencyCall? spare) ? spare : new ResidencyCall();
        call.Begin(id, deadlineUs);
        _distinct.Clear();
        foreach (ReplicaId replica in replicas)
        {
            if (_distinct.Add(replica))
            {
                call.Replicas.Add(replica);
            }
        }

        _byId.Add(id, call);
        _waiting.Add(call);
        Queued++;
        EarliestDeadlineUs = Math.Min(EarliestDeadlineUs, deadlineUs);
        return call;
    }

    /// <summary>Whether a call waits for the replica.</summary>
    public bool IsWanted(ReplicaId replica)
    {
        foreach (ResidencyCall call in _waiting)
        {
            if (call.Replicas.Contains(replica))
            {
                return true;
            }
        }

        return false;
    }

    public ResidencyCall? FirstQueued()
    {
        if (Queued > 0)
        {
            foreach (ResidencyCall call in _waiting)
            {
                if (call.Phase == CallPhase.Queued)
                {
                    return call;
                }
            }
        }

        return null;
    }

    /// <summary>It has what is warm and waits for loads.</summary>
    public void StartLoading(ResidencyCall call) => StopQueueing(call, CallPhase.Loading);

    /// <summary>It has all that it wants.</summary>
    public void StartRunning(ResidencyCall call)
    {
        StopQueueing(call, CallPhase.Running);
        StopWaiting(call);
    }

    /// <summary>It neither waits nor holds anything.</summary>
    public void Close(ResidencyCall call)
    {
        StopQueueing(call, CallPhase.Running);
        StopWaiting(call);
        _byId.Remove(call.Id);
        _spare.Push(call);
    }

    public void Clear()
    {
        _byId.Clear();
        _waiting.Clear();
        (Queued, EarliestDeadlineUs) = (0, long.MaxValue);
    }

    private void StopQueueing(ResidencyCall call, CallPhase phase)
    {
        if (call.Phase == CallPhase.Queued)
        {
            Queued--;
        }

        call.Phase = phase;
    }

    private void StopWaiting(ResidencyCall call)
    {
        if (!_waiting.Remove(call) || call.DeadlineUs > EarliestDeadlineUs)
        {
            return;
        }

        EarliestDeadlineUs = long.MaxValue;
        foreach (ResidencyCall other in _waiting)
        {
            EarliestDeadlineUs = Math.Min(EarliestDeadlineUs, other.DeadlineUs);
        }
    }
}
