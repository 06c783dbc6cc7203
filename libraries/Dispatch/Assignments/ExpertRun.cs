namespace DaprMoE.Dispatch;

/// <summary>Consecutive assignments that go to one expert of a layer.</summary>
/// <param name="Expert">The expert within the layer.</param>
/// <param name="First">Index of its first assignment.</param>
/// <param name="Count">Assignments, at least 1.</param>
internal readonly record struct ExpertRun(int Expert, int First, int Count);
