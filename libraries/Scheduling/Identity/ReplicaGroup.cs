namespace DaprMoE.Scheduling;

/// <summary>Consecutive assignments that go to one replica of a layer's expert.</summary>
/// <param name="Expert">The expert within the layer.</param>
/// <param name="Index">The copy of the expert.</param>
/// <param name="First">Index of its first assignment.</param>
/// <param name="Count">Assignments, at least 1.</param>
public readonly record struct ReplicaGroup(int Expert, int Index, int First, int Count);
