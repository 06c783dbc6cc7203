using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The replicas that a layer calls on one device; more than fit at a time are called in waves.</summary>
internal sealed class DeviceCalls
{
    private ReplicaId[] _replicas = new ReplicaId[16];
    private int _count;
    private int _at;

    /// <summary>Whether there is a further wave.</summary>
    public bool HasMore => _at < _count;

    public void Clear() => _count = _at = 0;

    public void Add(ReplicaId replica)
    {
        if (_count == _replicas.Length)
        {
            Array.Resize(ref _replicas, 2 * _count);
        }

        _replicas[_count++] = replica;
    }

    /// <summary>The replicas of the next wave.</summary>
    public ReadOnlyMemory<ReplicaId> NextWave(int most)
    {
        int length = Math.Min(most, _count - _at);
        ReadOnlyMemory<ReplicaId> wave = _replicas.AsMemory(_at, length);
        _at += length;
        return wave;
    }
}
