using System.CommandLine;
using DaprMoE.Models;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary><c>train-predictor</c>: fits the load predictors of a model and says what each is worth.</summary>
internal sealed class TrainPredictorCommand : CliCommand
{
    private readonly RecordingFlags _recording = new();
    private readonly TrainingFlags _training = new();
    private readonly Option<string?> _file = new("--recording")
    {
        Description = "What to train from, a file of `daprmoe record`. Without it prompts are recorded first, and that is not kept.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = $"The file to write; the default is {PredictorFile.Name} beside the model, or in the cache where that folder "
            + "can't be written.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Train and report, but write nothing." };

    public TrainPredictorCommand(CommandEnvironment environment)
        : base(environment, "train-predictor", "Trains the load predictors of a model and reports what each is worth on held-out prompts.")
    {
        _recording.AddTo(this);
        _training.AddTo(this);
        Options.Add(_file);
        Options.Add(_out);
        Options.Add(_dryRun);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe train-predictor", "Record the bundled model over its own prompts, then train."),
        new("daprmoe train-predictor --recording tiny.safetensors --distances 1 --mlp-seeds 1", "From a recording, one layer ahead only."),
        new(
            "daprmoe train-predictor --recording tiny.safetensors --leave-out story --dry-run",
            "What a topic gets that training does not see."),
    ];

    public override IEnumerable<string> Faults(ParseResult arguments) => _training.Faults(arguments);

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PredictorTrainingOptions options = _training.Read(arguments);
        TrainPredictorResult result;
        using (ProgressLine progress = new(Terminal, Environment.Clock))
        {
            using PromptModel model = _recording.Open(arguments, Environment, progress);
            options = options with { Threads = model.Engine.Workers.Workers };
            Recording recording = arguments.GetValue(_file) is { } file
                ? RecordingFile.Read(Environment.Resolve(file))
                : await _recording.RecordAsync(model, arguments, Environment, progress, cancellationToken);
            TrainingProgress trained = new(progress);
            PredictorSet predictors = await Task.Run(
                () => PredictorTraining.Run(model.Engine.Model, recording, options, trained, cancellationToken), cancellationToken);
            ForecastCost cost = ForecastCost.Measure(
                ForecastBench.SetupOf(model.Engine.Model, predictors, model.Engine.Workers), ForecastBench.Rows, Environment.Clock);
            result = TrainPredictorResult.Of(predictors, cost, Save(predictors, model.Engine.Model, arguments));
        }

        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, TrainPredictorJson.Default.TrainPredictorResult);
        }
        else
        {
            TrainPredictorTables.Write(Terminal, result);
        }

        return ExitCodes.Success;
    }

    private string? Save(PredictorSet predictors, PackedModel model, ParseResult arguments)
    {
        if (arguments.GetValue(_dryRun))
        {
            return null;
        }

        if (arguments.GetValue(_out) is not { } named)
        {
            return PredictorFile.WriteBeside(model, predictors);
        }

        string path = Environment.Resolve(named);
        PredictorFile.Write(path, predictors);
        return path;
    }

    private sealed class TrainingProgress(ProgressLine line) : IProgress<double>
    {
        public void Report(double value) => line.Report("Training predictors", value);
    }
}
