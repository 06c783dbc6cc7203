using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>The plan that is followed: what it holds, and what of it is still to be loaded.</summary>
internal sealed class HeldPlan
{
    private readonly HashSet<ReplicaId> _replicas = [];
    private readonly List<ReplicaId> _inOrder = [];
    private readonly List<ReplicaId> _missing = [];
    private int _next;

    /// <summary>Version of the plan; <see cref="long.MinValue"/> before the first.</summary>
    public long Version { get; set; } = long.MinValue;

    /// <summary>What it holds, each once, in its order.</summary>
    public ReadOnlySpan<ReplicaId> Replicas => CollectionsMarshal.AsSpan(_inOrder);

    public bool Holds(ReplicaId replica) => _replicas.Contains(replica);

    /// <summary>Without effect when it is named already.</summary>
    public void Add(ReplicaId replica)
    {
        if (_replicas.Add(replica))
        {
            _inOrder.Add(replica);
        }
    }

    public void LoadLater(ReplicaId replica) => _missing.Add(replica);

    /// <summary>The next one to be loaded.</summary>
    public bool TryPeek(out ReplicaId replica)
    {
        replica = _next < _missing.Count ? _missing[_next] : default;
        return _next < _missing.Count;
    }

    public void Skip() => _next++;

    /// <summary>Holds nothing; the version stays.</summary>
    public void Clear()
    {
        _replicas.Clear();
        _inOrder.Clear();
        _missing.Clear();
        _next = 0;
    }
}
