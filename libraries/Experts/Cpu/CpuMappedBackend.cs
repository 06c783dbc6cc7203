using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// Experts on the processor's cores, in the map of the packed file: warm means in the page cache. A slot is a name for the range that was
/// loaded as it; returning it makes the kernel drop the range's pages, and the next read brings them back.
/// </summary>
internal sealed class CpuMappedBackend(PackedModel model, CpuExpertKernels kernels) : IExpertBackend
{
    private readonly LoadedReplicas _loaded = new(model.Description);
    private readonly Dictionary<MemorySlot, ExpertId> _slots = [];
    private long _bytesHeld;

    public string Name => CpuBackendFactory.BackendName;

    public long BytesHeld => Volatile.Read(ref _bytesHeld);

    public long ExpertBytes(int layer) => CpuBackendFactory.ExpertBytes(model, layer);

    public bool Load(ReplicaId replica, MemorySlot slot, ILoadPace pace)
    {
        (int layer, int expert) = (replica.Expert.Layer, replica.Expert.Expert);
        if (_loaded.Add(replica, model.ExpertAt(layer, expert, model.MappedExpert(layer, expert))))
        {
            _slots[slot] = replica.Expert;
            Interlocked.Add(ref _bytesHeld, ExpertBytes(layer));
        }

        return true;
    }

    public void Forward(in ExpertWork work) => kernels.Forward(in work, _loaded);

    public void Free(ReplicaId replica)
    {
        if (_loaded.Remove(replica))
        {
            Interlocked.Add(ref _bytesHeld, -ExpertBytes(replica.Expert.Layer));
        }
    }

    public void Return(MemorySlot slot)
    {
        if (_slots.TryGetValue(slot, out ExpertId expert))
        {
            model.DropExpert(expert.Layer, expert.Expert);
        }
    }

    public void Dispose()
    {
    }
}
