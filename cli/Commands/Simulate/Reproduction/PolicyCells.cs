using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>All policies, model by model, beside static placement and the lossless bound.</summary>
internal sealed class PolicyCells(Experiments experiments)
{
    /// <summary>Layer time over static's.</summary>
    public string Latency(string routing, params string[] tokens)
    {
        MarkdownTable table = new(
            "Zipf", "tokens", "model", "max/mean", "static µs", "EPLB", "moeless perfect", "moeless 80 %", "auto", "bound",
            "auto: share of the possible");
        foreach ((double zipf, string size, string shape) in Cells(tokens))
        {
            IReadOnlyDictionary<string, PolicyComparison> cell = Run(shape, size, zipf, 0.8, routing);
            PolicyComparison perfect = Run(shape, size, zipf, 1, routing)["moeless"];
            PolicyResult reference = cell["static"].Mean;
            table.Add(
                $"{zipf:0.0}", size, shape, MarkdownTable.Two(reference.MaxOverMean), MarkdownTable.Micro(reference.Layer.Mean),
                Spread(cell["eplb"].Layer), Spread(perfect.Layer), Spread(cell["moeless"].Layer), Spread(cell["auto"].Layer),
                MarkdownTable.Two(reference.LosslessBound / reference.Layer.Mean),
                reference.LosslessBound > 0.98 * reference.Layer.Mean ? "–" : MarkdownTable.Percent(cell["auto"].ShareOfPossible ?? 0));
        }

        return table.ToString();
    }

    /// <summary>Copies and the residency bill over static's.</summary>
    public string Memory(params string[] tokens)
    {
        MarkdownTable table = new(
            "Zipf", "tokens", "model", "EPLB copies / E", "moeless", "auto", "EPLB residency", "moeless", "auto",
            "moeless: weight copies per layer and iteration", "the same in ms on 8 host links", "static layer, ms");
        foreach ((double zipf, string size, string shape) in Cells(tokens))
        {
            IReadOnlyDictionary<string, PolicyComparison> cell = Run(shape, size, zipf, 0.8, "mix");
            PolicyResult moeless = cell["moeless"].Mean;
            double copies = (double)moeless.WeightCopies / moeless.LayerIterations;
            table.Add(
                $"{zipf:0.0}", size, shape, Copies("eplb"), Copies("moeless"), Copies("auto"), Bill("eplb"), Bill("moeless"), Bill("auto"),
                MarkdownTable.Number(copies), MarkdownTable.Two(LoadMilliseconds(shape, copies)),
                MarkdownTable.Two(cell["static"].Mean.Layer.Mean * 1e3));

            string Copies(string policy) => MarkdownTable.Two(cell[policy].Mean.CopiesPerExpert);
            string Bill(string policy) => MarkdownTable.Two(cell[policy].Residency?.Mean);
        }

        return table.ToString();
    }

    private static IEnumerable<(double Zipf, string Tokens, string Shape)> Cells(string[] tokens) =>
        from zipf in (double[])[1.0, 0.5]
        from size in tokens
        from shape in ModelShapes.Names
        select (zipf, size, shape);

    // At least one whole copy.
    private static double LoadMilliseconds(string shape, double copies)
    {
        Testbed testbed = Testbeds.Find(Testbeds.Names[0]);
        double one = ModelShapes.Find(shape)!.ExpertBytes / testbed.HostLinkBandwidth * 1e3;
        return copies == 0 ? 0 : one * Math.Max(1, copies / testbed.Devices);
    }

    private static string Spread(Ratio? ratio) => MarkdownTable.Two(ratio?.Mean) + " ± " + MarkdownTable.Two(ratio?.Deviation);

    private IReadOnlyDictionary<string, PolicyComparison> Run(string shape, string tokens, double zipf, double accuracy, string routing) =>
        experiments.Run(Experiments.Cell(shape, tokens, zipf, accuracy) with { Routing = routing });
}
