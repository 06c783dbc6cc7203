namespace DaprMoE.Dashboard;

/// <summary>What serving has cost since the start, beside static placement on the same meters.</summary>
/// <param name="Served">What was held and used.</param>
/// <param name="Static">What static placement would have held for the same layers and times.</param>
public sealed record BillView(BillMeters Served, BillMeters Static);

/// <summary>The three meters, always shown together.</summary>
/// <param name="ActiveGbs">Memory of a layer's replicas while that layer runs, GB·s.</param>
/// <param name="ResidencyGbs">All memory held, GB·s.</param>
/// <param name="Money">Price of the memory and the calls, in the currency of the configured prices.</param>
public sealed record BillMeters(double ActiveGbs, double ResidencyGbs, double Money);
