namespace DaprMoE.Scheduling;

/// <summary>One replica of a layer's plan.</summary>
/// <param name="Expert">Expert within the layer.</param>
/// <param name="Index">Copy of that expert; it stays the replica's identity for as long as it is held.</param>
/// <param name="Device">Device that holds it.</param>
public readonly record struct PlannedReplica(int Expert, int Index, int Device);
