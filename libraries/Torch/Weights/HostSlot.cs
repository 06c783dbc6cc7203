using DaprMoE.Experts;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>A slot in pages that are the device's and not torch's: what is given back is free at once, which the C library does not promise.</summary>
internal sealed unsafe class HostSlot : ISlotMemory
{
    private readonly SlotMemory _memory;
    private readonly MemorySlot _slot;

    public HostSlot(SlotMemory memory, MemorySlot slot, long bytes, DType type)
    {
        (_memory, _slot) = (memory, slot);
        Values = ForeignMemory.Vector(memory.Take(slot), type, bytes / type.Size());
    }

    public Tensor Values { get; }

    public void Dispose()
    {
        Values.Dispose();
        _memory.Return(_slot);
    }
}
