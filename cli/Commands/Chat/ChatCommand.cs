using System.CommandLine;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary><c>chat</c>: one answer, or a conversation.</summary>
internal sealed class ChatCommand : CliCommand
{
    private readonly Argument<string?> _prompt = new("PROMPT")
    {
        Description = "What to say; - reads it from standard input. Without it: a conversation.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _system = new("--system") { Description = "A system message before the conversation.", HelpName = "TEXT" };
    private readonly Option<bool> _stats = new("--stats") { Description = "Print counts and rates after each answer." };
    private readonly ModelFlags _model = new();
    private readonly SamplingFlags _sampling = new();

    public ChatCommand(CommandEnvironment environment)
        : base(environment, "chat", "Talks to a model.")
    {
        Arguments.Add(_prompt);
        Options.Add(_system);
        _model.AddTo(this);
        _sampling.AddTo(this);
        Options.Add(_stats);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe chat \"Tell me a story about a fox and a lantern.\"", "One answer of the bundled model."),
        new("daprmoe chat", "A conversation; /help lists what you can type, /exit leaves."),
        new("daprmoe chat \"What is 7 + 5?\" --temperature 0 --stats", "Always the best token, with rates."),
        new("echo \"Write a function that adds two numbers.\" | daprmoe chat - --json", "The prompt from a pipe, the answer as JSON."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? prompt = arguments.GetValue(_prompt) is { } given ? Question(given) : null;
        using ServedModel model = _model.Open(arguments, Environment);
        if (model.Template is not { } template)
        {
            throw CommandException.BadInput($"{model.Id} has no chat template; use `daprmoe complete`.");
        }

        SamplingChoice choice = _sampling.Read(arguments, model.Defaults, Environment.NewSeed);
        AnsweringOptions shown = new(arguments.Json(), arguments.GetValue(_stats));
        Answering answering = new(model, choice, Terminal, shown);
        Conversation conversation = new(arguments.GetValue(_system));
        ChatSession session = new(model, template, answering, conversation);
        if (prompt is not null)
        {
            await session.AnswerAsync(prompt, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return ExitCodes.Success;
        }

        return await new InteractiveChat(session, Environment, arguments.Json()).RunAsync(cancellationToken);
    }

    private string Question(string argument)
    {
        string text = PromptText.Read(argument, Terminal);
        return string.IsNullOrWhiteSpace(text) ? throw CommandException.Usage("The prompt is empty; there is nothing to answer.") : text;
    }
}
