namespace DaprMoE.Scheduling;

/// <summary>A change of the memory that a replica holds.</summary>
/// <param name="TimeUs">When, in microseconds.</param>
/// <param name="Event">What happens.</param>
/// <param name="Replica">The copy; its name is unique on its device.</param>
/// <param name="Device">The device whose memory it is.</param>
/// <param name="Kind">The kind of memory, one of the price list.</param>
/// <param name="Bytes">Bytes that the copy holds, at least 0.</param>
public readonly record struct ReplicaMemoryEvent(long TimeUs, MemoryEvent Event, ReplicaId Replica, int Device, string Kind, long Bytes);
