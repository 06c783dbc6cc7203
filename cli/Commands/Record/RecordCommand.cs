using System.CommandLine;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary><c>record</c>: gate inputs and chosen experts of prompts, to train predictors from.</summary>
internal sealed class RecordCommand : CliCommand
{
    private readonly RecordingFlags _recording = new();
    private readonly Option<string> _out = new("--out") { Description = "The file to write, .safetensors.", HelpName = "FILE", Required = true };

    public RecordCommand(CommandEnvironment environment)
        : base(environment, "record", "Records what the gates of a model see and choose while it answers prompts.")
    {
        _recording.AddTo(this);
        Options.Add(_out);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe record --out tiny.safetensors", "The bundled model over its own prompts."),
        new("daprmoe record --model ~/models/Qwen3-30B-A3B --prompts chats.jsonl --max-mib 2048 --out chats.safetensors", "Another model, with bounds."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = Environment.Resolve(arguments.GetValue(_out)!);
        RecordResult result;
        using (ProgressLine progress = new(Terminal, Environment.Clock))
        {
            using PromptModel model = _recording.Open(arguments, Environment, progress);
            Recording recording = await _recording.RecordAsync(model, arguments, Environment, progress, cancellationToken);
            progress.Report("Writing the recording");
            RecordingFile.Write(path, recording);
            result = RecordResult.Of(path, recording);
        }

        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, RecordJson.Default.RecordResult);
        }
        else
        {
            Terminal.Out.WriteLine(
                $"{path}: {result.Prompts} prompts, {Quantity.Tokens(result.PromptTokens)} of them and {result.DecodeTokens} of answers, "
                + Quantity.Bytes(result.Bytes));
        }

        return ExitCodes.Success;
    }
}
