namespace DaprMoE.Scheduling;

/// <summary>Result of Algorithm 1 besides the replica counts.</summary>
/// <param name="Reason">Why it stopped.</param>
/// <param name="Extra">Copies beyond the first of each expert.</param>
/// <param name="MaxExtra">Most such copies that the cap allows.</param>
/// <param name="CvBefore">Variation of the loads with one replica each.</param>
/// <param name="CvAfter">Variation of the replica loads.</param>
/// <param name="MaxBefore">Largest load with one replica each, tokens.</param>
/// <param name="MaxAfter">Largest replica load, tokens.</param>
public readonly record struct ScalingResult(
    ScalingReason Reason,
    int Extra,
    long MaxExtra,
    double CvBefore,
    double CvAfter,
    double MaxBefore,
    double MaxAfter);
