using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Finds the token table that was trained for a model.</summary>
internal static partial class TokenTables
{
    /// <summary>The table beside the model; null when there is none, or it can't be used, which is logged.</summary>
    public static ITokenLoads? Find(LocalEngine engine, ILoggerFactory logs)
    {
        if (engine.Layout is not { } layout)
        {
            return null;
        }

        try
        {
            return PredictorFile.Find(engine.Model) is { } trained ? new TokenTableLoads(layout, Table(engine, trained)) : null;
        }
        catch (Exception exception) when (exception is PredictorException or CheckpointException)
        {
            LogRefused(logs.CreateLogger(typeof(TokenTables)), exception.Message);
            return null;
        }
    }

    private static ILoadPredictor Table(LocalEngine engine, PredictorSet trained) => LoadPredictors.Create(PredictorNames.TokenTable, new LoadPredictorSetup
    {
        Model = engine.Model,
        Trained = trained,
        Workers = engine.Workers,
        MaxRows = 1,
        Distances = [PolicyDefaults.ForecastDistance],
    });

    [LoggerMessage(EventIds.PredictorRefused, LogLevel.Warning, "{Fault} What is queued is not forecast.")]
    private static partial void LogRefused(ILogger logger, string fault);
}
