using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>What predictors are made from.</summary>
public sealed record LoadPredictorSetup
{
    /// <summary>The model; stays open as long as predictors are made.</summary>
    public required PackedModel Model { get; init; }

    /// <summary>What was trained for it; null: nothing, and then gates are copied as they are.</summary>
    public PredictorSet? Trained { get; init; }

    /// <summary>The engine's threads; forecasts are asked for on their caller's thread.</summary>
    public required WorkerPool Workers { get; init; }

    /// <summary>Most rows of one iteration.</summary>
    public required int MaxRows { get; init; }

    /// <value>Distances d to hold networks for. The default is 1.</value>
    public IReadOnlyList<int> Distances { get; init; } = [Scheduling.PolicyDefaults.ForecastDistance];

    internal MoeShape Shape => field ??= MoeShape.Of(Model);
}
