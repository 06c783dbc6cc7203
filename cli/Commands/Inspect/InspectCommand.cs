using System.CommandLine;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary><c>inspect</c>: what a checkpoint is.</summary>
internal sealed class InspectCommand : CliCommand
{
    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "A checkpoint's folder, or the name of a model in the Hugging Face cache. The default is the bundled tiny-moe.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public InspectCommand(CommandEnvironment environment)
        : base(environment, "inspect", "Says what a checkpoint is: family, layers, experts, sizes.")
    {
        Arguments.Add(_folder);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe inspect", "The bundled model."),
        new("daprmoe inspect ~/models/Qwen3-30B-A3B --json", "A checkpoint, for a program."),
    ];

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = ModelLocation.FindCheckpoint(arguments.GetValue(_folder), Environment);
        InspectResult result = InspectResult.Of(CheckpointSummary.Of(folder));
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, InspectJson.Default.InspectResult);
        }
        else
        {
            Terminal.Out.WriteLine(result.Folder);
            TableWriter.Write(Terminal, InspectTable.Of(result));
        }

        return Task.FromResult(ExitCodes.Success);
    }
}
