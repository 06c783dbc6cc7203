namespace DaprMoE.Scheduling;

/// <summary>Memory that is held throughout and belongs to no expert: attention, gates, embeddings, head.</summary>
/// <param name="Bytes">Bytes, at least 0.</param>
/// <param name="Kind">The kind of memory, one of the price list.</param>
public readonly record struct NonExpertMemory(long Bytes, string Kind);
