using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// Experts on the processor's cores, in private memory: each replica is a copy of its range of the packed file, read into its slot.
/// Bit-exact
/// by the numerics rule.
/// </summary>
internal sealed unsafe class CpuArenaBackend : IExpertBackend
{
    private readonly PackedModel _model;
    private readonly CpuExpertKernels _kernels;
    private readonly LoadedReplicas _loaded;
    private readonly SlotMemory _memory;
    private readonly bool _pastFileCache;
    private long _bytesHeld;

    public CpuArenaBackend(PackedModel model, CpuExpertKernels kernels, long budgetBytes, bool pastFileCache)
    {
        _model = model;
        _kernels = kernels;
        _loaded = new LoadedReplicas(model.Description);
        _memory = new SlotMemory(SlotSizes.Of(model.Description.Layers.Count, ExpertBytes), budgetBytes);
        _pastFileCache = pastFileCache;
    }

    public string Name => CpuBackendFactory.BackendName;

    public long BytesHeld => Volatile.Read(ref _bytesHeld);

    /// <summary>Where the slots are.</summary>
    internal SlotMemory Memory => _memory;

    public long ExpertBytes(int layer) => CpuBackendFactory.ExpertBytes(_model, layer);

    public bool Load(ReplicaId replica, MemorySlot slot, ILoadPace pace)
    {
        (int layer, int expert) = (replica.Expert.Layer, replica.Expert.Expert);
        byte* memory = _memory.Take(slot);
        if (!Read(layer, expert, memory, pace))
        {
            return false;
        }

        if (!_loaded.Add(replica, _model.ExpertAt(layer, expert, (nint)memory)))
        {
            throw new InvalidOperationException($"Replica {replica} is loaded already.");
        }

        Interlocked.Add(ref _bytesHeld, ExpertBytes(layer));
        return true;
    }

    public void Forward(in ExpertWork work) => _kernels.Forward(in work, _loaded);

    public void Free(ReplicaId replica)
    {
        if (_loaded.Remove(replica))
        {
            Interlocked.Add(ref _bytesHeld, -ExpertBytes(replica.Expert.Layer));
        }
    }

    public void Return(MemorySlot slot) => _memory.Return(slot);

    public void Dispose() => _memory.Dispose();

    private bool Read(int layer, int expert, byte* memory, ILoadPace pace)
    {
        long bytes = ExpertBytes(layer);
        for (long done = 0; done < bytes;)
        {
            int piece = (int)Math.Min(pace.PieceBytes, bytes - done);
            if (!pace.MayRead(piece))
            {
                return false;
            }

            _model.ReadExpert(layer, expert, done, new Span<byte>(memory + done, piece), _pastFileCache);
            done += piece;
        }

        return true;
    }
}
