using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>How far the wait of a call's wave is.</summary>
internal enum WaveState
{
    /// <summary>It waits for experts.</summary>
    Waiting,

    /// <summary>It holds them.</summary>
    Admitted,

    /// <summary>The wait is over without them.</summary>
    Refused,
}

/// <summary>
/// A call that a device has open, with the experts of its wave in front of those that are left for later ones. Objects are reused.
/// Changed under the device's lock.
/// </summary>
internal sealed class DeviceCall : IDisposable
{
    // A load from the page cache takes some tens of microseconds: worth some spinning before the thread parks.
    private const int Spins = 50;

    private readonly ManualResetEventSlim _decided = new(initialState: false, Spins);
    private ReplicaGroup[] _groups = [];
    private ReplicaGroup[] _spare = [];
    private ReplicaId[] _replicas = [];
    private bool[] _warm = [];
    private int[] _waves = [];
    private int _count;
    private int _done;
    private int _wave;

    public long Id { get; private set; }

    public int Layer { get; private set; }

    public long DeadlineUs { get; private set; }

    public WaveState State { get; private set; }

    /// <summary>Why it is refused, with bytes needed and to be had.</summary>
    public ResidencyEffect Refusal { get; private set; }

    public int ColdStarts { get; private set; }

    /// <summary>The groups of all waves.</summary>
    public ReadOnlySpan<ReplicaGroup> Groups => _groups.AsSpan(0, _count);

    /// <summary>The groups of the wave.</summary>
    public ReadOnlySpan<ReplicaGroup> Wave => _groups.AsSpan(_done, _wave);

    /// <summary>The wave's replicas, valid until the next wave begins.</summary>
    public ReadOnlyMemory<ReplicaId> Replicas => _replicas.AsMemory(0, _wave);

    public void Begin(long id, int layer, ReadOnlySpan<ReplicaGroup> groups, long deadlineUs)
    {
        (Id, Layer, DeadlineUs, ColdStarts) = (id, layer, deadlineUs, 0);
        (_count, _done, _wave) = (groups.Length, 0, 0);
        if (_groups.Length < groups.Length)
        {
            Grow(groups.Length);
        }

        groups.CopyTo(_groups);
    }

    /// <summary>
    /// Takes the next wave: all that is left, or as much as surely fits, what is there already first. False when nothing is left.
    /// </summary>
    public bool TryBeginWave(ResidencyState residency)
    {
        _done += _wave;
        int left = _count - _done;
        int slots = Math.Max(1, residency.SlotsFor(Layer));
        _wave = Math.Min(left, slots);
        if (left > slots)
        {
            BringForward(residency, slots);
        }

        for (int i = 0; i < _wave; i++)
        {
            _replicas[i] = IdOf(_groups[_done + i]);
            ColdStarts += residency.StateOf(_replicas[i]) is ReplicaState.Warm or ReplicaState.Busy ? 0 : 1;
        }

        State = WaveState.Waiting;
        _decided.Reset();
        return _wave > 0;
    }

    public void Admit()
    {
        State = WaveState.Admitted;
        _decided.Set();
    }

    public void Refuse(in ResidencyEffect refusal)
    {
        (State, Refusal) = (WaveState.Refused, refusal);
        _decided.Set();
    }

    /// <summary>Waits until the wave is admitted or refused; false when the time is over first. Called without the lock.</summary>
    public bool Wait(TimeSpan atMost) => _decided.Wait(atMost);

    public void Dispose() => _decided.Dispose();

    private void Grow(int groups)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)groups);
        (_groups, _spare) = (new ReplicaGroup[size], new ReplicaGroup[size]);
        (_replicas, _warm, _waves) = (new ReplicaId[size], new bool[size], new int[size]);
    }

    /// <summary>Moves the groups of the first wave to the front of those that are left; otherwise their order stays.</summary>
    private void BringForward(ResidencyState residency, int slots)
    {
        Span<ReplicaGroup> left = _groups.AsSpan(_done, _count - _done);
        Span<bool> warm = _warm.AsSpan(0, left.Length);
        Span<int> waves = _waves.AsSpan(0, left.Length);
        for (int i = 0; i < left.Length; i++)
        {
            warm[i] = residency.StateOf(IdOf(left[i])) != ReplicaState.Absent;
        }

        ExpertWaves.Split(warm, slots, waves);
        Span<ReplicaGroup> ordered = _spare.AsSpan(0, left.Length);
        (int first, int later) = (0, slots);
        for (int i = 0; i < left.Length; i++)
        {
            ordered[waves[i] == 0 ? first++ : later++] = left[i];
        }

        ordered.CopyTo(left);
    }

    private ReplicaId IdOf(ReplicaGroup group) => new(new ExpertId(Layer, group.Expert), group.Index);
}
