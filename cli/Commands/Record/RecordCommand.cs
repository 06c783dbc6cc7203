using System.CommandLine;
using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary><c>record</c>: what the gates of a model see and choose, to train predictors from and to replay.</summary>
internal sealed class RecordCommand : CliCommand
{
    private readonly RecordingFlags _recording = new();
    private readonly RoutingFlags _routing = new();
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Write gate inputs and choices, prompt by prompt, to this file, .safetensors: train-predictor reads it.",
        HelpName = "FILE",
    };

    public RecordCommand(CommandEnvironment environment)
        : base(environment, "record", "Records what the gates of a model see and choose while it answers prompts.")
    {
        Options.Add(_out);
        _routing.AddTo(this);
        _recording.AddTo(this);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe record --out tiny.safetensors", "The bundled model over its own prompts, to train from."),
        new(
            "daprmoe record --routing shift.jsonl --predictors speculative,last --prompts models/tiny-moe/prompts/prompts-shift.jsonl",
            "Loads of each iteration over a drifting stream, and what two predictors say of them, to replay."),
        new("daprmoe record --model ~/models/Qwen3-30B-A3B --prompts chats.jsonl --max-mib 2048 --out chats.safetensors", "Another model, with bounds."),
    ];

    public override IEnumerable<string> Faults(ParseResult arguments)
    {
        if (arguments.GetValue(_out) is null && _routing.File(arguments) is null)
        {
            yield return "Nothing would be written; name a file with --out, with --routing, or with both.";
        }

        foreach (string fault in _routing.Faults(arguments))
        {
            yield return fault;
        }
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RecordResult result;
        using (ProgressLine progress = new(Terminal, Environment.Clock))
        {
            result = await RecordAsync(arguments, progress, cancellationToken);
        }

        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, RecordJson.Default.RecordResult);
        }
        else
        {
            result.Print(Terminal.Out);
        }

        return ExitCodes.Success;
    }

    private async Task<RecordResult> RecordAsync(ParseResult arguments, ProgressLine progress, CancellationToken cancellationToken)
    {
        using PromptModel model = _recording.Open(arguments, Environment, progress);
        IReadOnlyList<Prompt> prompts = _recording.Prompts(model, arguments, Environment);
        RecordingLimits limits = _recording.Limits(model, arguments);
        string? routingPath = _routing.File(arguments) is { } named ? Environment.Resolve(named) : null;
        using RoutingRecording? routing = routingPath is null ? null : _routing.Open(model, routingPath, limits.MaxBytes, arguments);
        if (arguments.GetValue(_out) is not { } file)
        {
            await AnswerAsync(routing!.Observer);
            return new RecordResult { Recording = null, Routing = RecordedRoutingResult.Of(routingPath, routing) };
        }

        using PromptRecorder recorder = new(MoeShape.Of(model.Engine.Model), limits);
        RecordingObserver observer = new(recorder);
        await AnswerAsync(routing is null ? observer : new ObserverPair(observer, routing.Observer));
        Recording recording = recorder.Take().Labelled(sequence => prompts[sequence].Topic);
        progress.Report("Writing the recording");
        string path = Environment.Resolve(file);
        RecordingFile.Write(path, recording);
        return new RecordResult { Recording = RecordedPromptsResult.Of(path, recording), Routing = RecordedRoutingResult.Of(routingPath, routing) };

        Task AnswerAsync(IForwardObserver seen) => model.AnswerAsync(
            prompts, _recording.AnswerTokens(arguments), seen, Environment.Clock, done => progress.Report("Recording prompts", done), cancellationToken);
    }
}
