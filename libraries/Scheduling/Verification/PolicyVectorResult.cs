namespace DaprMoE.Scheduling;

/// <summary>Outcome of one file of golden vectors.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Supported">Whether this build has the algorithm that the file is about.</param>
/// <param name="Passed">Cases that agree.</param>
/// <param name="Failed">Cases that do not.</param>
/// <param name="Mismatches">What differs, a line for each failed case.</param>
public sealed record PolicyVectorResult(string File, bool Supported, int Passed, int Failed, IReadOnlyList<string> Mismatches);
