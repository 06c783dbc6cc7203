using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>The warm-ups of one layer that were asked for and are not done, as far as is known.</summary>
internal sealed class LayerWishes(int layer, IWarmUps warmUps, int capacity)
{
    /// <summary>A refusal is not heard of: a wish that nothing came of may be made again after this time.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(500);

    private readonly List<Wish> _wishes = new(capacity);

    /// <summary>How many there are.</summary>
    public int Count => _wishes.Count;

    /// <summary>One of them, on its device by the gateway's number.</summary>
    public PlannedReplica this[int at] => _wishes[at].Replica;

    /// <summary>Asks for a replica, unless too much is on its way.</summary>
    public bool TryAsk(PlannedReplica replica, TimeSpan now)
    {
        if (!warmUps.TryAsk(replica.Device, Id(replica)))
        {
            return false;
        }

        _wishes.Add(new Wish(replica, now + Lifetime));
        return true;
    }

    /// <summary>Takes a wish back; without effect when it is none, or too much is on its way.</summary>
    public bool TryCancel(PlannedReplica replica)
    {
        for (int at = 0; at < _wishes.Count; at++)
        {
            if (_wishes[at].Replica == replica && warmUps.TryCancel(replica.Device, Id(replica)))
            {
                Remove(at);
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets the wishes that came true, and those that nothing came of in time.</summary>
    /// <returns>Whether some were forgotten.</returns>
    public bool Settle(List<LiveReplica> replicas, TimeSpan now)
    {
        int before = _wishes.Count;
        for (int at = _wishes.Count - 1; at >= 0; at--)
        {
            ReplicaState state = StateOf(_wishes[at].Replica, replicas);
            if (state is ReplicaState.Warm or ReplicaState.Draining || (state == ReplicaState.Absent && now >= _wishes[at].Until))
            {
                Remove(at);
            }
        }

        return _wishes.Count != before;
    }

    /// <summary>Whether some wish may have been in vain.</summary>
    public bool IsOld(TimeSpan now)
    {
        foreach (Wish wish in _wishes)
        {
            if (now >= wish.Until)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear() => _wishes.Clear();

    public static ReplicaState StateOf(PlannedReplica replica, List<LiveReplica> replicas)
    {
        foreach (LiveReplica live in replicas)
        {
            if (live.Replica == replica)
            {
                return live.State;
            }
        }

        return ReplicaState.Absent;
    }

    private ReplicaId Id(PlannedReplica replica) => new(new ExpertId(layer, replica.Expert), replica.Index);

    private void Remove(int at)
    {
        _wishes[at] = _wishes[^1];
        _wishes.RemoveAt(_wishes.Count - 1);
    }

    private readonly record struct Wish(PlannedReplica Replica, TimeSpan Until);
}
