namespace DaprMoE.Scheduling;

/// <summary>How one file of policy vectors compares.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Supported">Whether this version computes what the file is about.</param>
/// <param name="Passed">Cases that agree.</param>
/// <param name="Failed">Cases that do not.</param>
/// <param name="Mismatches">What differs, one line each, named by case.</param>
public sealed record PolicyVectorResult(string File, bool Supported, int Passed, int Failed, IReadOnlyList<string> Mismatches);
