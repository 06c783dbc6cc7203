using System.CommandLine;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary><c>ps</c>: which experts a running server holds, where and until when.</summary>
internal sealed class PsCommand : CliCommand
{
    private readonly ServerUrl _server = new();
    private readonly Option<int?> _layer = NumberOption.AtLeast("--layer", 0, "Show the experts of one layer only");

    public PsCommand(CommandEnvironment environment)
        : base(environment, "ps", "Lists the devices of a running server and the experts on them.")
    {
        _server.AddTo(this);
        Options.Add(_layer);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe ps", "The server on http://127.0.0.1:8080."),
        new("daprmoe ps --url http://10.0.0.7:8080 --layer 3 --json", "One layer of another server, for a program."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ExpertInventory inventory = await _server.GetAsync(arguments, "/v1/experts", ExpertJson.Default.ExpertInventory, cancellationToken);
        if (arguments.GetValue(_layer) is { } layer)
        {
            inventory = inventory with { Data = [.. inventory.Data.Where(instance => instance.Layer == layer)] };
        }

        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, inventory, ExpertJson.Default.ExpertInventory);
            return ExitCodes.Success;
        }

        TableWriter.Write(Terminal, PsTables.Devices(inventory));
        Terminal.Out.WriteLine();
        TableWriter.Write(Terminal, PsTables.Experts(inventory));
        return ExitCodes.Success;
    }
}
