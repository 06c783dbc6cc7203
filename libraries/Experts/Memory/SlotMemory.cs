using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>
/// The memory of a device's slots: for each size a range of addresses that has room for the whole budget, so that slots never move and
/// memory never fragments. A slot has pages from its first use until it is returned.
/// </summary>
/// <remarks>
/// Huge pages lie within slots only: slots of 2 MiB or more begin at a multiple of it and get small pages behind the last whole one;
/// smaller slots lie side by side in small pages. So resident memory is that of the slots in use, to the page.
/// </remarks>
public sealed unsafe class SlotMemory : IDisposable
{
    private readonly long[] _sizes;
    private readonly long[] _strides;
    private readonly ReservedMemory?[] _ranges;

    /// <param name="sizes">Bytes of a slot, by class.</param>
    /// <param name="budgetBytes">Bytes that may be in use at a time.</param>
    /// <exception cref="InsufficientMemoryException">The system lends no such range of addresses.</exception>
    public SlotMemory(long[] sizes, long budgetBytes)
    {
        _sizes = sizes;
        _strides = [.. sizes.Select(Stride)];
        _ranges = new ReservedMemory?[sizes.Length];
        try
        {
            for (int sizeClass = 0; sizeClass < sizes.Length; sizeClass++)
            {
                _ranges[sizeClass] = Reserve(budgetBytes / sizes[sizeClass], _strides[sizeClass]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The ranges, by class; null where the budget holds no slot of the size.</summary>
    public IReadOnlyList<ReservedMemory?> Ranges => _ranges;

    /// <summary>A slot's first byte, before it is filled.</summary>
    public byte* Take(MemorySlot slot)
    {
        byte* start = At(slot);
        long huge = _sizes[slot.SizeClass] & -HugePages.Size;
        if (huge > 0)
        {
            HugePages.Advise(start, huge);
        }

        return start;
    }

    /// <summary>Gives the pages of a slot back.</summary>
    public void Return(MemorySlot slot) => PageAdvice.Drop(At(slot), _sizes[slot.SizeClass]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ReservedMemory? range in _ranges)
        {
            range?.Dispose();
        }
    }

    private static long Stride(long size) =>
        size < HugePages.Size ? size : (size + HugePages.Size - 1) / HugePages.Size * HugePages.Size;

    private static ReservedMemory? Reserve(long slots, long stride)
    {
        if (slots == 0)
        {
            return null;
        }

        ReservedMemory range = new(checked(slots * stride));
        HugePages.Decline(range.Start, range.Length);
        return range;
    }

    private byte* At(MemorySlot slot)
    {
        ReservedMemory range = _ranges[slot.SizeClass]
            ?? throw new ArgumentOutOfRangeException(nameof(slot), slot, "The budget has no slot of this size.");
        long offset = slot.Index * _strides[slot.SizeClass];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + _sizes[slot.SizeClass], range.Length, nameof(slot));
        return range.Start + offset;
    }
}
