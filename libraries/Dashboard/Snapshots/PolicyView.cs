namespace DaprMoE.Dashboard;

/// <summary>What decides.</summary>
/// <param name="Current">Name of the policy in force.</param>
/// <param name="Names">Policies that can be switched to.</param>
/// <param name="Refusal">Why it can't be switched here, whole sentences; null when it can.</param>
public sealed record PolicyView(string Current, IReadOnlyList<string> Names, string? Refusal);
