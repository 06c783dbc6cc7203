using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// The experts of a mapped device: each is there as copy 0 unless its pages were dropped. Used under the device's lock; tells the feed of
/// every change.
/// </summary>
internal sealed class MappedExperts
{
    private readonly DeviceSettings _settings;
    private readonly IExpertBackend _backend;
    private readonly DeviceClock _clock;
    private readonly TransitionFeed _feed;
    private readonly Expert[][] _experts;

    public MappedExperts(DeviceSettings settings, IExpertBackend backend, DeviceClock clock, TransitionFeed feed)
    {
        (_settings, _backend, _clock, _feed) = (settings, backend, clock, feed);
        _experts = [.. settings.ExpertsPerLayer.Select(experts => new Expert[experts])];
        long[] sizes = SlotSizes.Of(_experts.Length, layer => _experts[layer].Length == 0 ? 0 : backend.ExpertBytes(layer));
        int[] next = new int[sizes.Length];
        for (int layer = 0; layer < _experts.Length; layer++)
        {
            for (int expert = 0; expert < _experts[layer].Length; expert++)
            {
                int sizeClass = Array.FindIndex(sizes, size => size >= backend.ExpertBytes(layer));
                _experts[layer][expert].Slot = new MemorySlot(sizeClass, next[sizeClass]++);
                ReplicaId replica = new(new ExpertId(layer, expert), 0);
                _ = backend.Load(replica, _experts[layer][expert].Slot, FullSpeed.Instance);
                Arrive(replica, ResidencyReason.Plan);
            }
        }
    }

    /// <summary>Experts whose pages were dropped and that no call used since.</summary>
    public int Dropped { get; private set; }

    /// <summary>Bytes of the experts that are there.</summary>
    public long ResidentBytes { get; private set; }

    public bool Knows(ReplicaId replica) =>
        replica.Index == 0
        && (uint)replica.Expert.Layer < (uint)_experts.Length
        && (uint)replica.Expert.Expert < (uint)_experts[replica.Expert.Layer].Length;

    public bool IsDropped(ReplicaId replica) => !At(replica).IsThere;

    public bool IsPinned(ReplicaId replica) => At(replica).IsPinned;

    public void SetPinned(ReplicaId replica, bool isPinned) => At(replica).IsPinned = isPinned;

    /// <summary>The expert is used again; the kernel brings its pages.</summary>
    public void BringBack(ReplicaId replica, ResidencyReason reason)
    {
        Dropped--;
        Arrive(replica, reason);
    }

    /// <summary>Its pages go. A call that reads them meanwhile brings them back.</summary>
    public void Drop(ReplicaId replica, ResidencyReason reason)
    {
        ref Expert expert = ref At(replica);
        Move(replica, ref expert, ReplicaState.Warm, ReplicaState.Absent, reason);
        expert.IsThere = false;
        Dropped++;
        ResidentBytes -= Bytes(replica);
        _backend.Return(expert.Slot);
    }

    public void DropAll(ResidencyReason reason)
    {
        for (int layer = 0; layer < _experts.Length; layer++)
        {
            for (int index = 0; index < _experts[layer].Length; index++)
            {
                if (_experts[layer][index] is { IsThere: true, IsPinned: false })
                {
                    Drop(new ReplicaId(new ExpertId(layer, index), 0), reason);
                }
            }
        }
    }

    public IReadOnlyList<ReplicaStatus> Replicas() =>
    [
        .. from layer in Enumerable.Range(0, _experts.Length)
           from index in Enumerable.Range(0, _experts[layer].Length)
           let expert = _experts[layer][index]
           let replica = new ReplicaId(new ExpertId(layer, index), 0)
           where expert.IsThere
           select new ReplicaStatus(
               replica, ReplicaState.Warm, expert.Slot, Bytes(replica), Calls: 0, expert.IsPinned, IsPlanned: true, expert.SinceUs),
    ];

    private ref Expert At(ReplicaId replica) => ref _experts[replica.Expert.Layer][replica.Expert.Expert];

    private long Bytes(ReplicaId replica) => _backend.ExpertBytes(replica.Expert.Layer);

    private void Arrive(ReplicaId replica, ResidencyReason reason)
    {
        ref Expert expert = ref At(replica);
        expert.IsThere = true;
        ResidentBytes += Bytes(replica);
        Move(replica, ref expert, ReplicaState.Absent, ReplicaState.Loading, reason);
        Move(replica, ref expert, ReplicaState.Loading, ReplicaState.Warm, ResidencyReason.Loaded);
    }

    private void Move(ReplicaId replica, ref Expert expert, ReplicaState from, ReplicaState to, ResidencyReason reason)
    {
        long nowUs = _clock.NowUs;
        long elapsedUs = from == ReplicaState.Absent ? 0 : nowUs - expert.SinceUs;
        expert.SinceUs = nowUs;
        ResidencyTransition transition = new(
            nowUs, _settings.Number, _settings.MemoryKind, replica, from, to, reason, Bytes(replica), elapsedUs);
        _feed.Add([transition]);
    }

    private struct Expert
    {
        public MemorySlot Slot;
        public long SinceUs;
        public bool IsThere;
        public bool IsPinned;
    }

    /// <summary>There is nothing to read: the map is the memory.</summary>
    private sealed class FullSpeed : ILoadPace
    {
        public static FullSpeed Instance { get; } = new();

        public int PieceBytes => int.MaxValue;

        public bool MayRead(long bytes) => true;
    }
}
