namespace DaprMoE.Scheduling;

/// <summary>What pressure takes first among what the plan does not hold.</summary>
public enum EvictionRule
{
    /// <summary>What is used farthest in the future, by the order of layers and the forecast; then what was used longest ago.</summary>
    NextUse,

    /// <summary>What was used longest ago; a baseline, which a batch that walks all layers over too few slots never hits.</summary>
    LeastRecentlyUsed,
}
