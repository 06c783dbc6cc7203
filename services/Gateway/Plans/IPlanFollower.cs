using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Takes plans over as the base of routes, from any thread.</summary>
public interface IPlanFollower
{
    /// <summary>Follows a plan that has come into force.</summary>
    /// <param name="version">Its version; rises.</param>
    /// <param name="layers">The plans of the model's layers, on the served devices by number; a dense layer has 0 experts. Not changed any more.</param>
    /// <param name="keepAlive">Longest idle time of a replica that the plan does not hold.</param>
    void Follow(long version, IReadOnlyList<LayerPlan> layers, TimeSpan keepAlive);
}
