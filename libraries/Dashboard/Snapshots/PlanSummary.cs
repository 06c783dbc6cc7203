namespace DaprMoE.Dashboard;

/// <summary>What was decided.</summary>
/// <param name="Version">The version of the slow loop's plan in force; 0 before the first.</param>
/// <param name="Policy">The policy that made it; null before the first.</param>
/// <param name="KeepAlive">Longest idle time of a replica that it does not hold; null before the first.</param>
/// <param name="Layers">One entry per layer with experts.</param>
public sealed record PlanSummary(long Version, string? Policy, TimeSpan? KeepAlive, IReadOnlyList<LayerPlanSummary> Layers);

/// <summary>What was decided for a layer.</summary>
/// <param name="Layer">The layer's number in the model.</param>
/// <param name="Planned">Replicas of the slow loop's plan; null before the first.</param>
/// <param name="PlanReason">Why they are what they are; null before the first.</param>
/// <param name="Copied">Its experts with more than one replica, such as <c>E3 ×2, E14 ×3</c>; empty when there is none.</param>
/// <param name="Live">What the fast loop decided last; null when it decides nothing.</param>
public sealed record LayerPlanSummary(int Layer, int? Planned, string? PlanReason, string Copied, LayerDecisionView? Live);

/// <summary>What the fast loop decided for a layer.</summary>
/// <param name="Alive">Replicas that may be called.</param>
/// <param name="Wanted">Replicas that are to be there.</param>
/// <param name="Reason">Why.</param>
public sealed record LayerDecisionView(int Alive, int Wanted, string Reason);
