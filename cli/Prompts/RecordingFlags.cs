using System.CommandLine;
using DaprMoE.Dispatch;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>Which prompts are recorded, and how much of them is kept.</summary>
internal sealed class RecordingFlags
{
    private const int DefaultAnswerTokens = 48;
    private const int DefaultBatch = 64;
    private const int DefaultPrompts = 4096;
    private const int DefaultMebibytes = 512;
    private const int MostPromptTokens = 1024;

    private readonly ModelFlags _model = new();
    private readonly Option<string[]> _prompts = new("--prompts")
    {
        Description = "Prompts: .jsonl files or folders of them, a line {\"messages\": [...]} or {\"text\": \"...\"} each, with \"topic\" if "
            + "known. The default is the folder prompts of the model, less what ends in -shift.jsonl",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _maxTokens =
        NumberOption.Create("--max-tokens", 1, 65536, $"Most tokens of an answer; the default is {DefaultAnswerTokens}");

    private readonly Option<int?> _batch =
        NumberOption.Create("--batch", 1, 512, $"Prompts that are answered together; the default is {DefaultBatch}");

    private readonly Option<int?> _maxPrompts =
        NumberOption.Create("--max-prompts", 2, 1_000_000, $"Most prompts kept; the default is {DefaultPrompts}");

    private readonly Option<int?> _maxMebibytes =
        NumberOption.Create("--max-mib", 1, 1 << 20, $"Most MiB kept; the default is {DefaultMebibytes}");

    public void AddTo(Command command)
    {
        _model.AddTo(command);
        command.Options.Add(_prompts);
        command.Options.Add(_maxTokens);
        command.Options.Add(_batch);
        command.Options.Add(_maxPrompts);
        command.Options.Add(_maxMebibytes);
    }

    /// <summary>Opens the model that the command line names.</summary>
    public PromptModel Open(ParseResult arguments, CommandEnvironment environment, ProgressLine progress) =>
        PromptModel.Open(_model, arguments.GetValue(_batch) ?? DefaultBatch, arguments, environment, progress);

    /// <summary>The prompts that the command line names.</summary>
    public IReadOnlyList<Prompt> Prompts(PromptModel model, ParseResult arguments, CommandEnvironment environment)
    {
        string[] named = arguments.GetValue(_prompts) is { Length: > 0 } paths ? [.. paths.Select(environment.Resolve)] : [model.PromptFolder];
        return PromptFile.Read(named);
    }

    /// <summary>Most tokens of an answer.</summary>
    public int AnswerTokens(ParseResult arguments) => arguments.GetValue(_maxTokens) ?? DefaultAnswerTokens;

    /// <summary>What is kept at most.</summary>
    public RecordingLimits Limits(PromptModel model, ParseResult arguments) => new()
    {
        MaxPrompts = arguments.GetValue(_maxPrompts) ?? DefaultPrompts,
        MaxTokensPerPrompt = Math.Min(model.Engine.Model.Description.MaxPositions, MostPromptTokens),
        MaxBytes = (arguments.GetValue(_maxMebibytes) ?? DefaultMebibytes) * (1L << 20),
        MaxRows = model.MaxRows,
    };

    /// <summary>Answers the prompts and returns what was recorded of them.</summary>
    public async Task<Recording> RecordAsync(
        PromptModel model, ParseResult arguments, CommandEnvironment environment, ProgressLine progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<Prompt> prompts = Prompts(model, arguments, environment);
        using PromptRecorder recorder = new(MoeShape.Of(model.Engine.Model), Limits(model, arguments));
        await model.AnswerAsync(
            prompts, AnswerTokens(arguments), new RecordingObserver(recorder), environment.Clock,
            done => progress.Report("Recording prompts", done), cancellationToken);
        return recorder.Take().Labelled(sequence => prompts[sequence].Topic);
    }
}
