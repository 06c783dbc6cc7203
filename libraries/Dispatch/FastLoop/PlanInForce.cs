using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>The slow loop's plan that is in force: what the fast loop starts from.</summary>
/// <param name="Version">Its version, above 0; a lower one than that which is followed changes nothing.</param>
/// <param name="Layers">
/// The planned replicas by the model's layers, over the gateway's devices; a dense layer has 0 experts. Taken over, and not changed any more.
/// </param>
/// <param name="KeepAlive">Longest idle time of replicas that the plan does not hold.</param>
public sealed record PlanInForce(long Version, IReadOnlyList<LayerPlan> Layers, TimeSpan KeepAlive);
