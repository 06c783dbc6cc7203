namespace DaprMoE.Ports;

/// <summary>A plan as it was read from state.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="ETag">Names this state of it.</param>
public sealed record StoredPlan(PlanDocument Plan, string ETag);
