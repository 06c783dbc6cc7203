using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The paper's latency numbers over the assumptions that decide them: mean of its three models.</summary>
internal sealed class HeadlineLatency(Experiments experiments)
{
    private static readonly double[] Exponents = [0.4, 0.7, 1.0, 1.3, 1.6];

    public string Table()
    {
        MarkdownTable table = new(
            "time", "overlap", "Zipf", "tokens", "max/mean", "vs static: perfect / 80 %", "vs EPLB (default size): perfect / 80 %",
            "vs EPLB at 2 E: perfect / 80 %", "oracle vs static");
        foreach ((TimeShape time, DeviceOverlap overlap) in Models())
        {
            foreach (double zipf in Exponents)
            {
                foreach (string tokens in (string[])["64", Experiments.Prefill])
                {
                    Add(table, time, overlap, zipf, tokens);
                }
            }
        }

        return table.ToString();
    }

    /// <summary>Mean change of moeless over the models, by what it is compared with.</summary>
    public double Ratio(
        TimeShape time, DeviceOverlap overlap, double zipf, string tokens, double accuracy, string reference, bool doubled = false) =>
        Experiments.PaperShapes.Average(shape =>
        {
            IReadOnlyDictionary<string, PolicyComparison> cell = Run(shape, time, overlap, zipf, tokens, accuracy, doubled);
            return cell["moeless"].Mean.Layer.Mean / cell[reference].Mean.Layer.Mean;
        });

    private static IEnumerable<(TimeShape Time, DeviceOverlap Overlap)> Models() =>
    [
        (TimeShape.Linear, DeviceOverlap.Replica), (TimeShape.Linear, DeviceOverlap.Device), (TimeShape.Roofline, DeviceOverlap.Device),
    ];

    private void Add(MarkdownTable table, TimeShape time, DeviceOverlap overlap, double zipf, string tokens)
    {
        double imbalance =
            Experiments.PaperShapes.Average(shape => Run(shape, time, overlap, zipf, tokens, 0.8)["static"].Mean.MaxOverMean);
        double oracle =
            Experiments.PaperShapes.Average(shape => Run(shape, time, overlap, zipf, tokens, 0.8)["capacity-oracle"].Layer!.Value.Mean);
        table.Add(
            time.ToString().ToLowerInvariant(), overlap.ToString().ToLowerInvariant(), $"{zipf:0.0}", tokens, MarkdownTable.Two(imbalance),
            Both("static", doubled: false), Both("eplb", doubled: false), Both("eplb", doubled: true), MarkdownTable.Change(oracle));

        string Both(string reference, bool doubled) =>
            MarkdownTable.Change(Ratio(time, overlap, zipf, tokens, 1, reference, doubled)) + " / "
            + MarkdownTable.Change(Ratio(time, overlap, zipf, tokens, 0.8, reference, doubled));
    }

    private IReadOnlyDictionary<string, PolicyComparison> Run(
        string shape, TimeShape time, DeviceOverlap overlap, double zipf, string tokens, double accuracy, bool doubled = false)
    {
        SimulationSettings cell = Experiments.Cell(shape, tokens, zipf, accuracy) with { Time = time, Overlap = overlap };
        EplbOptions eplb = new() { Slots = doubled ? 2 * cell.Shape.Experts : null };
        return experiments.Run(cell with { Policies = cell.Policies with { Eplb = eplb } });
    }
}
