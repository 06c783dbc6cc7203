using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Torch;

/// <summary>Experts as copies in slots, in the format that is computed in. A slot is allocated when it is first used and filled again after that.</summary>
/// <param name="allocate">Allocates a slot for an expert of a shape.</param>
/// <param name="source">What slots are allocated from, if it is to be disposed after them.</param>
internal sealed class SlotExperts(Func<MemorySlot, ExpertShape, ISlotMemory> allocate, IDisposable? source = null) : IExpertMemory
{
    private readonly Dictionary<MemorySlot, ISlotMemory> _slots = [];
    private readonly SlotFiller _filler = new();

    /// <summary>Slots that have memory.</summary>
    public int Allocated => _slots.Count;

    public LoadedExpert? Load(MemorySlot slot, StoredExpert stored, ExpertShape shape, ILoadPace pace)
    {
        if (!_slots.TryGetValue(slot, out ISlotMemory? memory))
        {
            _slots[slot] = memory = allocate(slot, shape);
        }

        return _filler.TryFill(memory.Values, stored, pace) ? LoadedExpert.In(memory.Values, shape) : null;
    }

    public void Return(MemorySlot slot)
    {
        if (_slots.Remove(slot, out ISlotMemory? memory))
        {
            memory.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (ISlotMemory slot in _slots.Values)
        {
            slot.Dispose();
        }

        _slots.Clear();
        _filler.Dispose();
        source?.Dispose();
    }
}
