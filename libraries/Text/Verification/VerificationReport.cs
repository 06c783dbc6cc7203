namespace DaprMoE.Text.Verification;

/// <summary>Outcome of the cases of one name.</summary>
/// <param name="Name">What the cases have in common, as the name of a template.</param>
/// <param name="Passed">Cases with the expected result.</param>
/// <param name="Failed">Cases with another result.</param>
/// <param name="Mismatches">The first failed cases: what was expected, what came.</param>
public sealed record VerificationGroup(string Name, int Passed, int Failed, IReadOnlyList<string> Mismatches);

/// <summary>Outcome of a comparison with golden files.</summary>
/// <param name="Kind">What was verified, as <c>template</c>.</param>
/// <param name="Groups">Outcomes by group.</param>
public sealed record VerificationReport(string Kind, IReadOnlyList<VerificationGroup> Groups);
