namespace DaprMoE.Ports;

/// <summary>A document as it was read.</summary>
/// <param name="Value">Its bytes.</param>
/// <param name="ETag">Names this state of the key.</param>
public sealed record StateEntry(ReadOnlyMemory<byte> Value, string ETag);
