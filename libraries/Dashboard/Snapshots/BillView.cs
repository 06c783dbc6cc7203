namespace DaprMoE.Dashboard;

/// <summary>What serving has cost since the start, beside static placement on the same meters.</summary>
/// <param name="Served">What was held and used.</param>
/// <param name="Static">What static placement would have held for the same layers and times.</param>
/// <param name="Note">What is to be known about the figures, a sentence; null when they are exact and real.</param>
public sealed record BillView(BillTotals Served, BillTotals Static, string? Note);

/// <summary>The three meters, always shown together.</summary>
/// <param name="ActiveGbs">Memory of a layer's replicas while that layer runs, GB·s.</param>
/// <param name="ResidencyGbs">All memory held, GB·s.</param>
/// <param name="Money">Price of the memory and the calls, USD.</param>
public sealed record BillTotals(double ActiveGbs, double ResidencyGbs, double Money);
