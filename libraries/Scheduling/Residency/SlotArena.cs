namespace DaprMoE.Scheduling;

/// <summary>
/// Which slots are occupied, which are free with their pages kept, and which have no pages. Bytes with pages never exceed the budget.
/// </summary>
/// <param name="budgetBytes">Bytes that may have pages.</param>
/// <param name="sizes">Bytes of a slot, by class.</param>
internal sealed class SlotArena(long budgetBytes, long[] sizes)
{
    private readonly SlotClass[] _classes = [.. sizes.Select(_ => new SlotClass())];

    /// <summary>Bytes of the slots that hold a replica.</summary>
    public long OccupiedBytes { get; private set; }

    /// <summary>Bytes of the slots that have pages: occupied or kept for reuse.</summary>
    public long ReservedBytes { get; private set; }

    /// <summary>Bytes that can be occupied.</summary>
    public long FreeBytes => budgetBytes - OccupiedBytes;

    /// <summary>Occupies a slot; the caller has seen to it that it fits. Where need be kept slots of other sizes give pages.</summary>
    public MemorySlot Take(int sizeClass, ResidencyEffects effects)
    {
        long bytes = sizes[sizeClass];
        OccupiedBytes += bytes;
        if (_classes[sizeClass].TryTakeKept(out int kept))
        {
            return new MemorySlot(sizeClass, kept);
        }

        for (int other = 0; ReservedBytes + bytes > budgetBytes; other++)
        {
            while (ReservedBytes + bytes > budgetBytes && _classes[other].TryTakeKept(out int index))
            {
                Return(new MemorySlot(other, index), effects);
            }
        }

        ReservedBytes += bytes;
        return new MemorySlot(sizeClass, _classes[sizeClass].TakeFresh());
    }

    /// <summary>The slot is free and keeps its pages.</summary>
    public void Keep(MemorySlot slot, long nowUs)
    {
        OccupiedBytes -= sizes[slot.SizeClass];
        _classes[slot.SizeClass].Keep(slot.Index, nowUs);
    }

    /// <summary>The slot is free and its pages go.</summary>
    public void FreeAndReturn(MemorySlot slot, ResidencyEffects effects)
    {
        OccupiedBytes -= sizes[slot.SizeClass];
        Return(slot, effects);
    }

    /// <summary>Returns the slots that have been free since a time or longer.</summary>
    public void ReturnKeptSince(long freeSinceUs, ResidencyEffects effects)
    {
        for (int sizeClass = 0; sizeClass < _classes.Length; sizeClass++)
        {
            while (_classes[sizeClass].TryTakeKeptSince(freeSinceUs, out int index))
            {
                Return(new MemorySlot(sizeClass, index), effects);
            }
        }
    }

    /// <summary>When the slot that has been free longest became free; null without any.</summary>
    public long? LongestFreeSinceUs()
    {
        long? longest = null;
        foreach (SlotClass slots in _classes)
        {
            longest = longest < slots.LongestFreeSinceUs ? longest : slots.LongestFreeSinceUs ?? longest;
        }

        return longest;
    }

    /// <summary>The device's memory is gone.</summary>
    public void Clear()
    {
        (OccupiedBytes, ReservedBytes) = (0, 0);
        foreach (SlotClass slots in _classes)
        {
            slots.Clear();
        }
    }

    private void Return(MemorySlot slot, ResidencyEffects effects)
    {
        long bytes = sizes[slot.SizeClass];
        ReservedBytes -= bytes;
        _classes[slot.SizeClass].Return(slot.Index);
        effects.Add(new ResidencyEffect(ResidencyEffectKind.ReturnSlot, default, slot, Id: 0, Bytes: bytes));
    }
}
