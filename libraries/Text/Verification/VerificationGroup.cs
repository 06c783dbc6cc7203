namespace DaprMoE.Text;

/// <summary>How the checks of one kind went.</summary>
/// <param name="Name">The kind, such as <c>ids</c> or <c>stream</c>.</param>
/// <param name="Passed">How many checks agreed.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="FirstMismatches">What was expected and what came, for the first few of the latter.</param>
public sealed record VerificationGroup(string Name, int Passed, int Failed, IReadOnlyList<string> FirstMismatches);
