using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary><c>verify</c>: compares what this program computes with what the reference computed.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "A folder with reference values. The default is the bundled tiny-moe.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _with = new("--with") { Description = "A folder with conversations.json, for a template's cases.", HelpName = "DIR" };

    private readonly Option<bool> _strict = new("--strict") { Description = "Fail on policy vectors of what is not built yet." };

    public VerifyCommand(CommandEnvironment environment)
        : base(environment, "verify", "Checks a model, tokenizer or template against reference values.")
    {
        Arguments.Add(_folder);
        Options.Add(_with);
        Options.Add(_strict);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe verify", "The bundled model: logits, routing, hidden states, greedy tokens, batch."),
        new("daprmoe verify tests/fixtures/models/qwen3_moe", "A checkpoint with golden values."),
        new("daprmoe verify tests/fixtures/tokenizers/qwen3", "A tokenizer with cases."),
        new("daprmoe verify tests/fixtures/policies", "Golden vectors of the policies."),
        new("daprmoe verify tests/fixtures/safetensors-bad", "Malformed files, each of which is to be refused."),
        new("daprmoe verify tests/fixtures/chat-templates/chatml-basic --with tests/fixtures/chat-templates", "A template with cases."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.GetValue(_folder) is { } named
            ? ModelLocation.Resolve(named, Environment)
            : ModelLocation.Find(null, Environment);
        string? with = arguments.GetValue(_with) is { } other ? Environment.Resolve(other) : null;
        IVerifier verifier = FindVerifier(folder, arguments.GetValue(_strict));
        if (with is not null && !verifier.TakesWith)
        {
            throw CommandException.Usage($"--with is for a template's cases, but {folder} is checked as a {verifier.Kind}; leave it out.");
        }

        VerifyResult result = new(folder, verifier.Kind, await verifier.RunAsync(folder, with, cancellationToken));
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, VerifyJson.Default.VerifyResult);
        }
        else
        {
            Terminal.Out.WriteLine($"{result.Kind} {folder}");
            TableWriter.Write(Terminal, VerifyTable.Of(result));
            WriteFailures(result);
            Terminal.Out.WriteLine(Conclusion(result));
        }

        return result.Ok ? ExitCodes.Success : ExitCodes.Failed;
    }

    private void WriteFailures(VerifyResult result)
    {
        Table failures = VerifyTable.FailuresOf(result, out int more);
        if (failures.Rows.Count > 0)
        {
            Terminal.Out.WriteLine("failed:");
            TableWriter.Write(Terminal, failures);
        }

        if (more > 0)
        {
            Terminal.Out.WriteLine($"and {more} more; --json lists all");
        }
    }

    private static string Conclusion(VerifyResult result) => result switch
    {
        { Ok: true, NotSupported: > 0 } => $"{result.Passed - result.NotSupported} checks hold, {result.NotSupported} are not supported",
        { Ok: true, Passed: 1 } => "the check holds",
        { Ok: true } => $"all {result.Passed} checks hold",
        _ => $"{result.Failed} of {result.Checks.Count} checks failed",
    };

    private IVerifier FindVerifier(string folder, bool strict)
    {
        IVerifier[] verifiers =
        [
            new CheckpointVerifier(Environment.Clock), new TokenizerVerifier(), new TemplateVerifier(), new MalformedFilesVerifier(),
            new PolicyVectorsVerifier(strict),
        ];
        string wanted = $"verify takes a folder with {string.Join(", or ", verifiers.Select(v => v.Holds))}.";
        if (!Directory.Exists(folder))
        {
            throw CommandException.BadInput(File.Exists(folder) ? $"{folder} is a file; {wanted}" : $"There is no folder {folder}.");
        }

        return Array.Find(verifiers, verifier => verifier.Accepts(folder))
            ?? throw CommandException.BadInput($"{folder} has nothing to verify; {wanted}");
    }
}
