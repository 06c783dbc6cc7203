namespace DaprMoE.Torch;

/// <summary>Consecutive assignments of one expert that one worker computes.</summary>
/// <param name="Group">The group of the work.</param>
/// <param name="First">The first assignment.</param>
/// <param name="Count">Assignments, at least 1.</param>
internal readonly record struct RowTile(int Group, int First, int Count);
