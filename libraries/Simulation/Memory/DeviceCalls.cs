using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The replicas that a layer calls on one device; more than fit at a time are called in waves.</summary>
internal sealed class DeviceCalls
{
    private ReplicaId[] _replicas = new ReplicaId[16];
    private ReplicaId[] _inWaves = new ReplicaId[16];
    private bool[] _warm = new bool[16];
    private int[] _waves = new int[16];
    private int _count;
    private int _at;
    private int _slots;

    /// <summary>Whether there is a further wave.</summary>
    public bool HasMore => _at < _count;

    public void Clear() => _count = _at = 0;

    public void Add(ReplicaId replica, bool isWarm)
    {
        if (_count == _replicas.Length)
        {
            Array.Resize(ref _replicas, 2 * _count);
            Array.Resize(ref _inWaves, 2 * _count);
            Array.Resize(ref _warm, 2 * _count);
            Array.Resize(ref _waves, 2 * _count);
        }

        (_replicas[_count], _warm[_count]) = (replica, isWarm);
        _count++;
    }

    /// <summary>Divides what was added over waves, as a server does.</summary>
    /// <param name="slots">Replicas that a wave may have; all waves but the last have as many.</param>
    public void Cut(int slots)
    {
        _slots = slots;
        int waves = ExpertWaves.Split(_warm.AsSpan(0, _count), slots, _waves.AsSpan(0, _count));
        int placed = 0;
        for (int wave = 0; wave < waves; wave++)
        {
            for (int call = 0; call < _count; call++)
            {
                if (_waves[call] == wave)
                {
                    _inWaves[placed++] = _replicas[call];
                }
            }
        }
    }

    /// <summary>The replicas of the next wave.</summary>
    public ReadOnlyMemory<ReplicaId> NextWave()
    {
        ReadOnlyMemory<ReplicaId> wave = _inWaves.AsMemory(_at, Math.Min(_slots, _count - _at));
        _at += wave.Length;
        return wave;
    }
}
