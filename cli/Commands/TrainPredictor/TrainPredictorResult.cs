using System.Text.Json.Serialization;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>What training came to, as <c>train-predictor --json</c> prints it.</summary>
internal sealed record TrainPredictorResult(string? File, string Fingerprint, PredictorReport Report, ForecastCost CostMicroseconds)
{
    public static TrainPredictorResult Of(PredictorSet predictors, ForecastCost cost, string? file) =>
        new(file, predictors.Shape.Fingerprint, predictors.Report, cost);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(TrainPredictorResult))]
internal sealed partial class TrainPredictorJson : JsonSerializerContext;
