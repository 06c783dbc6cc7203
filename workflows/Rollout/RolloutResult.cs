namespace DaprMoE.Workflows;

/// <summary>Output of <see cref="PlanRollout"/>.</summary>
/// <param name="Version">Version of the proposed plan.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why it did not come into force; null when it did.</param>
/// <param name="Left">Devices where replicas may be left that should have gone; they go under pressure, or with the next plan.</param>
public sealed record RolloutResult(long Version, RolloutOutcome Outcome, string? Reason, IReadOnlyList<string> Left);
