namespace DaprMoE.Scheduling;

/// <summary>
/// A fixed piece of a device's memory that holds one expert. Slots of one size form a class with a range of addresses of its own, so that
/// memory never fragments; the budget bounds the bytes that have pages.
/// </summary>
/// <param name="SizeClass">Index of the size in <see cref="ResidencyState.SlotSizes"/>.</param>
/// <param name="Index">The slot within its class, below budget / size.</param>
public readonly record struct MemorySlot(int SizeClass, int Index);
