using System.CommandLine;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary><c>plan</c>: the plan that a running server follows.</summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly ServerUrl _server = new();
    private readonly Option<int?> _layer = NumberOption.AtLeast("--layer", 0, "Show one layer only, with its replicas");

    public PlanCommand(CommandEnvironment environment)
        : base(environment, "plan", "Shows the plan that a running server follows: replicas of each layer, their devices, and why.")
    {
        _server.AddTo(this);
        Options.Add(_layer);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe plan", "The server on http://127.0.0.1:8080."),
        new("daprmoe plan --layer 3", "Where the replicas of layer 3 are."),
        new("daprmoe plan --url http://10.0.0.7:8080 --json", "All of another server's plan, for a program."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PlanAnswer plan = await _server.GetAsync(arguments, "/v1/plan", PlanAnswerJson.Default.PlanAnswer, cancellationToken);
        int? only = arguments.GetValue(_layer);
        if (only is { } layer)
        {
            plan = plan with { Layers = [.. plan.Layers.Where(planned => planned.Layer == layer)] };
        }

        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, plan, PlanAnswerJson.Default.PlanAnswer);
            return ExitCodes.Success;
        }

        Terminal.Out.WriteLine(PlanTables.Title(plan));
        if (plan.Version > 0)
        {
            Terminal.Out.WriteLine();
            TableWriter.Write(Terminal, only is null ? PlanTables.Layers(plan) : PlanTables.Experts(plan));
        }

        return ExitCodes.Success;
    }
}
