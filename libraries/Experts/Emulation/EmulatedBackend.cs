using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>A backend whose experts count as many bytes as those of another model.</summary>
internal sealed class EmulatedBackend(IExpertBackend backend, EmulatedSlots slots) : IExpertBackend
{
    public string Name => backend.Name;

    public long BytesHeld => backend.BytesHeld;

    public long ExpertBytes(int layer) => slots.ExpertBytes(layer);

    public bool Load(ReplicaId replica, MemorySlot slot, ILoadPace pace) => backend.Load(replica, slot, pace);

    public void Forward(in ExpertWork work) => backend.Forward(in work);

    public void Free(ReplicaId replica) => backend.Free(replica);

    public void Return(MemorySlot slot) => backend.Return(slot);

    public void Dispose() => backend.Dispose();
}
