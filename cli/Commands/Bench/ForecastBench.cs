using DaprMoE.Models;
using DaprMoE.Predictors;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>Measures what a load forecast costs.</summary>
internal static class ForecastBench
{
    public const int Rows = 64;

    /// <summary>The cost on a model, with the predictors that were trained for it, or with copied gates.</summary>
    public static ForecastCost Measure(string folder, int threads, CommandEnvironment environment)
    {
        using ProgressLine progress = new(environment.Terminal, environment.Clock);
        using PackedModel model = PackedModel.Open(
            folder, progress: new PackReport(progress), cancellationToken: environment.Interrupts.Token);
        using WorkerPool workers = new(threads);
        return ForecastCost.Measure(SetupOf(model, PredictorFile.Find(model), workers), Rows, environment.Clock);
    }

    /// <summary>What predictors are made from to be measured.</summary>
    public static LoadPredictorSetup SetupOf(PackedModel model, PredictorSet? trained, WorkerPool workers) => new()
    {
        Model = model,
        Trained = trained,
        Workers = workers,
        MaxRows = Rows,
        Distances = [ShortestOf(trained)],
    };

    private static int ShortestOf(PredictorSet? trained) =>
        trained?.Report.Layers.Select(layer => layer.Distance).Where(distance => distance > 0).DefaultIfEmpty(1).Min() ?? 1;
}
