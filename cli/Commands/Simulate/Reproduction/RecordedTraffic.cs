using DaprMoE.Dispatch;
using DaprMoE.Gateway;
using DaprMoE.Predictors;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>
/// Trains the bundled model's predictors from its prompts, then records its routing over an even and over a drifting stream of prompts. The same
/// clone gives the same recordings.
/// </summary>
internal sealed class RecordedTraffic(CommandEnvironment environment, ProgressLine progress, CancellationToken cancellationToken)
{
    public const int Batch = 256;
    public const int TokenBudget = 4096;

    private const string Even = "prompts-mixed.jsonl";
    private const string Drifting = "prompts-shift.jsonl";
    private const int AnswerTokens = 48;
    private const long MaxBytes = 256L << 20;

    private static readonly string[] Predictors =
        [PredictorNames.SpeculativeMlp, PredictorNames.SpeculativeGate, PredictorNames.TokenTable, PredictorNames.MovingAverage, PredictorNames.Last];

    /// <summary>Most prompts of a stream; fewer only where the report's form counts and not its numbers.</summary>
    public int MostPrompts { get; init; } = int.MaxValue;

    /// <summary>How predictors are trained; with one layer's distance, as the plans look.</summary>
    public PredictorTrainingOptions Training { get; init; } = new() { Distances = [1], MlpSeeds = 1 };

    /// <summary>The even and the drifting stream.</summary>
    public async Task<IReadOnlyList<RecordedMix>> RecordAsync()
    {
        PredictorSet trained = await TrainAsync();
        string folder = Directory.CreateTempSubdirectory("daprmoe-reproduction").FullName;
        try
        {
            return
            [
                await RecordAsync("even", Even, Path.Combine(folder, "even.jsonl"), trained),
                await RecordAsync("drifting", Drifting, Path.Combine(folder, "drifting.jsonl"), trained),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private PromptModel Open() => PromptModel.Open(
        ModelLocation.FindCheckpoint(null, environment),
        new LocalEngineOptions { MaxRunning = Batch, TokenBudget = TokenBudget },
        environment,
        progress);

    private async Task<PredictorSet> TrainAsync()
    {
        using PromptModel model = Open();
        RecordingLimits limits = new() { MaxPrompts = 4096, MaxTokensPerPrompt = 1024, MaxBytes = MaxBytes, MaxRows = model.MaxRows };
        using PromptRecorder recorder = new(MoeShape.Of(model.Engine.Model), limits);
        Prompt[] prompts = [.. TrainingPrompts(model.PromptFolder).Take(MostPrompts)];
        await model.AnswerAsync(
            prompts, AnswerTokens, new RecordingObserver(recorder), environment.Clock,
            done => progress.Report("Recording prompts to train from", done), cancellationToken);
        PredictorTrainingOptions options = Training with { Threads = model.Engine.Workers.Workers };
        TrainingProgress trained = new(progress);
        return await Task.Run(
            () => PredictorTraining.Run(model.Engine.Model, recorder.Take(), options, trained, cancellationToken), cancellationToken);
    }

    /// <summary>What is not in the streams.</summary>
    private static IEnumerable<Prompt> TrainingPrompts(string folder)
    {
        HashSet<string> streams = [.. PromptFile.Read([Path.Combine(folder, Even), Path.Combine(folder, Drifting)]).Select(Text)];
        return PromptFile.Read([folder]).Where(prompt => !streams.Contains(Text(prompt)));
    }

    private static string Text(Prompt prompt) => prompt.Text ?? prompt.Messages!.Value.GetRawText();

    private async Task<RecordedMix> RecordAsync(string name, string prompts, string path, PredictorSet trained)
    {
        using PromptModel model = Open();
        using (RoutingRecording routing = RoutingRecording.Open(model, path, MaxBytes, Predictors, distance: 1, trained))
        {
            await model.AnswerAsync(
                [.. PromptFile.Read([Path.Combine(model.PromptFolder, prompts)]).Take(MostPrompts)],
                AnswerTokens,
                routing.Observer,
                environment.Clock,
                done => progress.Report($"Recording the {name} stream", done),
                cancellationToken);
        }

        return new RecordedMix(name, ReplayedRouting.Read(path), [.. Predictors.Select(predictor => ReplayedRouting.Read(path, predictor))]);
    }

    private sealed class TrainingProgress(ProgressLine line) : IProgress<double>
    {
        public void Report(double value) => line.Report("Training predictors", value);
    }
}
