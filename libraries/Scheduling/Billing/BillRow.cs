namespace DaprMoE.Scheduling;

/// <summary>The three meters of one part of the replicas: a layer, an expert, a device, a kind of memory.</summary>
/// <typeparam name="TKey">What names the part.</typeparam>
/// <param name="Key">The part.</param>
/// <param name="Memory">Memory x time.</param>
/// <param name="Money">Price of that memory; calls are not in it.</param>
public readonly record struct BillRow<TKey>(TKey Key, MemoryParts Memory, double Money);
