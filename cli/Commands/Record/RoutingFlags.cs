using System.CommandLine;
using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>Whether routing is recorded, and whose forecasts with it.</summary>
internal sealed class RoutingFlags
{
    private readonly Option<string?> _file = new("--routing")
    {
        Description = "Write each iteration's choices and loads to this file, .jsonl.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _predictors = new("--predictors")
    {
        Description = $"Write what these predictors forecast, separated by commas: {string.Join(", ", LoadPredictors.Names)}.",
        HelpName = "NAMES",
    };

    private readonly Option<int?> _distance = NumberOption.Create("--distance", 1, 8, "Layers ahead that predictors look; the default is 1");

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_predictors);
        command.Options.Add(_distance);
    }

    /// <summary>The file; null where routing is not wanted.</summary>
    public string? File(ParseResult arguments) => arguments.GetValue(_file);

    public IEnumerable<string> Faults(ParseResult arguments)
    {
        if (File(arguments) is null && arguments.GetValue(_predictors) is not null)
        {
            yield return "--predictors needs --routing FILE, which their forecasts are written to.";
        }

        foreach (string name in Names(arguments).Except(LoadPredictors.Names))
        {
            yield return $"There is no predictor '{name}'; --predictors may be {string.Join(", ", LoadPredictors.Names)}.";
        }
    }

    /// <summary>Opens the file and makes the predictors.</summary>
    public RoutingRecording Open(PromptModel model, string path, long maxBytes, ParseResult arguments) => RoutingRecording.Open(
        model, path, maxBytes, Names(arguments), arguments.GetValue(_distance) ?? 1, PredictorFile.Find(model.Engine.Model));

    private string[] Names(ParseResult arguments) =>
        arguments.GetValue(_predictors)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
}

/// <summary>Routing while it is recorded.</summary>
internal sealed record RoutingRecording(RoutingWriter Writer, IReadOnlyList<ILoadPredictor> Predictors, IForwardObserver Observer) : IDisposable
{
    /// <summary>Opens the file and makes the predictors.</summary>
    public static RoutingRecording Open(
        PromptModel model, string path, long maxBytes, IReadOnlyList<string> names, int distance, PredictorSet? trained)
    {
        MoeShape shape = MoeShape.Of(model.Engine.Model);
        LoadPredictorSetup setup = new()
        {
            Model = model.Engine.Model,
            Trained = trained,
            Workers = model.Engine.Workers,
            MaxRows = model.MaxRows,
            Distances = [distance],
        };
        ILoadPredictor[] predictors = [.. names.Select(name => LoadPredictors.Create(name, setup))];
        RoutingWriter writer = new(path, RoutingHeader.Of(shape, distance, names), maxBytes);
        return new RoutingRecording(writer, predictors, new RoutingObserver(shape, predictors, distance, writer.Write));
    }

    public void Dispose()
    {
        Writer.Dispose();
        foreach (ILoadPredictor predictor in Predictors)
        {
            predictor.Dispose();
        }
    }
}
