namespace DaprMoE.Scheduling;

/// <summary>The last decision of a policy for observers: its inputs, thresholds and result. What a policy does not have is 0.</summary>
/// <param name="Reason">Why the plan is what it is.</param>
/// <param name="Tokens">Sum of the loads it decided on.</param>
/// <param name="Before">The measure it improves, before: CV for Algorithm 1; for auto the layer time over its samples, s, times the cost
/// of copies.</param>
/// <param name="After">The same measure with the plan.</param>
/// <param name="Threshold">What the measure or its gain was held to.</param>
/// <param name="Slots">Replicas that fit.</param>
/// <param name="MaxExtra">Most copies beyond one of each expert.</param>
/// <param name="Extra">Copies beyond one of each expert in the plan.</param>
/// <param name="Cold">Replicas to be loaded.</param>
/// <param name="Unplaced">Experts without a home.</param>
public readonly record struct PolicyTrace(
    PlanReason Reason,
    double Tokens,
    double Before,
    double After,
    double Threshold,
    long Slots,
    long MaxExtra,
    int Extra,
    int Cold,
    int Unplaced);
