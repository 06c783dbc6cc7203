using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>What the fast loop foresaw and decided about one layer of one iteration, beside what came.</summary>
public readonly ref struct LayerDecision
{
    /// <summary>The layer, by its number in the model.</summary>
    public required int Layer { get; init; }

    /// <summary>The policy that decided.</summary>
    public required string Policy { get; init; }

    /// <summary>Version of the slow loop's plan that is followed; 0 before the first.</summary>
    public required long PlanVersion { get; init; }

    /// <summary>Why the replicas are what they are.</summary>
    public required PlanReason Reason { get; init; }

    /// <summary>What the forecast rests on.</summary>
    public required ForecastBasis Basis { get; init; }

    /// <summary>Tokens foreseen for each expert; empty when nothing was foreseen.</summary>
    public required ReadOnlySpan<float> Forecast { get; init; }

    /// <summary>Tokens that each expert got.</summary>
    public required ReadOnlySpan<int> Loads { get; init; }

    /// <summary>The replicas that may be called now.</summary>
    public required LayerPlan Alive { get; init; }

    /// <summary>Replicas that are to be there: what was decided, or the plan that is followed.</summary>
    public required int Wanted { get; init; }

    /// <summary>Warm-ups that were asked for.</summary>
    public required int Asked { get; init; }

    /// <summary>Warm-ups that were taken back.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Time of the forecast and the decision.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Accuracy of the forecast, 1 - L1 / 2 of the shares; null without a forecast or tokens.</summary>
    public required double? Accuracy { get; init; }
}
