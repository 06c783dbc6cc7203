namespace DaprMoE.Dashboard;

/// <summary>What was decided.</summary>
/// <param name="Version">The version of the plan in force.</param>
/// <param name="KeepAlive">Longest idle time of a replica that the plan does not hold; null when it is unbounded.</param>
/// <param name="Layers">One entry per layer with experts.</param>
public sealed record PlanView(long Version, TimeSpan? KeepAlive, IReadOnlyList<LayerPlanView> Layers);

/// <summary>What was decided for a layer.</summary>
/// <param name="Layer">The layer's number in the model.</param>
/// <param name="Replicas">Replicas that are wanted.</param>
/// <param name="Extras">Those beyond one per expert.</param>
/// <param name="Copied">Experts with more than one replica, such as <c>E3 x2, E14 x3</c>; empty when there is none.</param>
/// <param name="Reason">Why, one of the closed set of reasons.</param>
public sealed record LayerPlanView(int Layer, int Replicas, int Extras, string Copied, string Reason);
