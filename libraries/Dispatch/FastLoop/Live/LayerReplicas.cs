using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>The replicas of one layer that hold memory, on all devices. Written by any thread, read by the engine's when it changed.</summary>
internal sealed class LayerReplicas(int capacity)
{
    private readonly List<LiveReplica> _replicas = new(capacity);
    private int _version;

    /// <summary>Guards <see cref="All"/>.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Counts changes.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The replicas, in no order; read under the lock.</summary>
    public List<LiveReplica> All => _replicas;

    /// <summary>Sets a replica's state; <see cref="ReplicaState.Absent"/> removes it.</summary>
    public void Set(PlannedReplica replica, ReplicaState state, long notedIn)
    {
        lock (Gate)
        {
            int at = Find(replica);
            if (state == ReplicaState.Absent)
            {
                Remove(at);
                return;
            }

            if (at < 0)
            {
                _replicas.Add(new LiveReplica(replica, state, notedIn, IsRetired: false));
                Changed();
                return;
            }

            bool isChange = _replicas[at].State != state;
            _replicas[at] = _replicas[at] with { State = state, NotedIn = notedIn };
            if (isChange)
            {
                Changed();
            }
        }
    }

    /// <summary>Says whether calls go to a replica only where its expert has no other.</summary>
    public void Retire(PlannedReplica replica, bool isRetired)
    {
        lock (Gate)
        {
            int at = Find(replica);
            if (at >= 0 && _replicas[at].IsRetired != isRetired)
            {
                _replicas[at] = _replicas[at] with { IsRetired = isRetired };
                Changed();
            }
        }
    }

    /// <summary>Removes what a device no longer holds: its replicas that were noted before a look at it began and not seen by it.</summary>
    public void RemoveUnseen(int device, long look, HashSet<PlannedReplica> seen)
    {
        lock (Gate)
        {
            for (int at = _replicas.Count - 1; at >= 0; at--)
            {
                LiveReplica live = _replicas[at];
                if (live.Replica.Device == device && live.NotedIn < look && !seen.Contains(live.Replica))
                {
                    Remove(at);
                }
            }
        }
    }

    private void Remove(int at)
    {
        if (at >= 0)
        {
            _replicas[at] = _replicas[^1];
            _replicas.RemoveAt(_replicas.Count - 1);
            Changed();
        }
    }

    private void Changed() => Volatile.Write(ref _version, _version + 1);

    private int Find(PlannedReplica replica)
    {
        for (int at = 0; at < _replicas.Count; at++)
        {
            if (_replicas[at].Replica == replica)
            {
                return at;
            }
        }

        return -1;
    }
}

/// <summary>A replica that holds memory.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="State"><see cref="ReplicaState.Loading"/>, <see cref="ReplicaState.Warm"/> (in use or not) or <see cref="ReplicaState.Draining"/>.</param>
/// <param name="NotedIn">The look at the devices during which it was noted last.</param>
/// <param name="IsRetired">Whether the plan in force has replaced it.</param>
internal readonly record struct LiveReplica(PlannedReplica Replica, ReplicaState State, long NotedIn, bool IsRetired);
