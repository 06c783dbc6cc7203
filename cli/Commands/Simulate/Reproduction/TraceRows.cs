using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The first minute of a trace of arrivals, with weight copies over host links; only where a file is given.</summary>
internal sealed class TraceRows(CancellationToken cancellationToken)
{
    private const double Seconds = 60;

    public string Table(string path)
    {
        IReadOnlyList<RequestArrival> arrivals = ArrivalSource.Create(path, Seconds, seed: 1);
        MarkdownTable table = new(
            "model", "batching", "policy", "layer µs", "p99", "x static", "TTFT ms", "TPOT ms", "copies / E", "residency x static",
            "weight copies", "cold starts");
        foreach (string shape in (string[])["mixtral-8x7b", "128x8"])
        {
            foreach (Batching batching in (Batching[])[Batching.Second, Batching.Continuous])
            {
                Add(table, shape, batching, arrivals);
            }
        }

        return table.ToString();
    }

    private void Add(MarkdownTable table, string shape, Batching batching, IReadOnlyList<RequestArrival> arrivals)
    {
        SimulationSettings cell = Experiments.Cell(shape, "64") with
        {
            Arrivals = arrivals,
            Batching = batching,
            Iterations = int.MaxValue,
            CopiesTakeTime = true,
            KeepAlive = Testbeds.Find(Testbeds.Names[0]).BreakEvenKeepAlive,
            Policies = new PolicyOptions(),
            Splits = new Dictionary<string, string>(),
        };
        foreach (PolicyComparison policy in Simulator.Compare(cell, ["static", "eplb", "moeless", "auto"], 1, null, cancellationToken))
        {
            PolicyResult mean = policy.Mean;
            table.Add(
                shape, batching.ToString().ToLowerInvariant(), policy.Policy, MarkdownTable.Micro(mean.Layer.Mean),
                MarkdownTable.Micro(mean.Layer.P99),
                MarkdownTable.Two(policy.Layer?.Mean), MarkdownTable.Number(mean.FirstToken!.Mean * 1e3),
                MarkdownTable.Number(mean.PerToken!.Mean * 1e3),
                MarkdownTable.Two(mean.CopiesPerExpert), MarkdownTable.Two(policy.Residency?.Mean), $"{mean.WeightCopies}",
                $"{mean.ColdStarts}");
        }
    }
}
