using System.CommandLine;
using System.Globalization;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary><c>bill</c>: what a running server's experts have cost, by three meters.</summary>
internal sealed class BillCommand : CliCommand
{
    private const int DefaultExperts = 20;

    private readonly ServerUrl _server = new();
    private readonly Option<int?> _experts = NumberOption.Create(
        "--experts", 0, 1_000_000, $"Name the experts that held most, so many; the default is {DefaultExperts}");

    public BillCommand(CommandEnvironment environment)
        : base(environment, "bill", "Shows what the experts of a running server have cost, beside static placement.")
    {
        _server.AddTo(this);
        Options.Add(_experts);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe bill", "The server on http://127.0.0.1:8080."),
        new("daprmoe bill --url http://10.0.0.7:8080 --experts 1000000 --json", "All of another server's bill, for a program."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        int experts = arguments.GetValue(_experts) ?? DefaultExperts;
        string path = string.Create(CultureInfo.InvariantCulture, $"/v1/bill?experts={experts}");
        BillReport bill = await _server.GetAsync(arguments, path, BillJson.Default.BillReport, cancellationToken);
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, bill, BillJson.Default.BillReport);
            return ExitCodes.Success;
        }

        foreach (string line in BillTables.Head(bill))
        {
            Terminal.Out.WriteLine(line);
        }

        foreach (Table table in BillTables.All(bill))
        {
            Terminal.Out.WriteLine();
            TableWriter.Write(Terminal, table);
        }

        return ExitCodes.Success;
    }
}
