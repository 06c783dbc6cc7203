using System.CommandLine;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary><c>complete</c>: continues a text as it stands, without a chat template.</summary>
internal sealed class CompleteCommand : CliCommand
{
    private readonly Argument<string> _text = new("TEXT") { Description = "The text to continue; - reads it from standard input." };
    private readonly Option<bool> _echo = new("--echo") { Description = "Print the text before its continuation." };
    private readonly Option<bool> _stats = new("--stats") { Description = "Print counts and rates." };
    private readonly ModelFlags _model = new();
    private readonly SamplingFlags _sampling = new();

    public CompleteCommand(CommandEnvironment environment)
        : base(environment, "complete", "Continues a text.")
    {
        Arguments.Add(_text);
        _model.AddTo(this);
        _sampling.AddTo(this);
        Options.Add(_echo);
        Options.Add(_stats);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe complete \"Once upon a time\" --echo", "The text and what the bundled model makes of it."),
        new("daprmoe complete \"Once upon a time\" --temperature 0 --max-tokens 32", "At most 32 tokens, always the best."),
        new("daprmoe complete - <notes.txt", "A text from a file."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using ServedModel model = _model.Open(arguments, Environment);
        string text = PromptText.Read(arguments.GetValue(_text)!, Terminal);
        int[] tokens = model.Tokenizer.Encode(text);
        if (tokens.Length == 0)
        {
            throw CommandException.Usage("The text is empty; there is nothing to continue.");
        }

        AnsweringOptions shown = new(arguments.Json(), arguments.GetValue(_stats));
        if (arguments.GetValue(_echo) && !shown.Json)
        {
            Terminal.Out.Write(text);
        }

        SamplingChoice choice = _sampling.Read(arguments, model.Defaults, Environment.NewSeed);
        await new Answering(model, choice, Terminal, shown).RunAsync(tokens, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return ExitCodes.Success;
    }
}
