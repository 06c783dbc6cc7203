namespace DaprMoE.Scheduling;

/// <summary>Limits of Algorithm 1.</summary>
/// <param name="ExpertBytes">Memory of one replica, bytes, above 0.</param>
/// <param name="CapBytes">Memory for copies beyond the first of each expert, bytes, 0 or more; never exceeded.</param>
/// <param name="Threshold">Coefficient of variation at which the loads count as balanced (V), 0 or more.</param>
/// <param name="MinTokens">A straggler with this many tokens or fewer is not divided further; 0 = the paper.</param>
/// <param name="MaxPerExpert">Most replicas of one expert; null = no limit.</param>
public readonly record struct ScalingLimits(
    long ExpertBytes,
    long CapBytes,
    double Threshold,
    double MinTokens = 1,
    int? MaxPerExpert = null);
