using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>
/// The policies on recorded routing, with the forecasts of real predictors beside assumed ones. The bundled model's gates choose 2 of 16
/// experts, as Phi-3.5-MoE's do; that model's sizes are taken.
/// </summary>
internal sealed class RecordedCells(IReadOnlyList<RecordedMix> mixes, int layers, CancellationToken cancellationToken)
{
    private const string Shape = "phi-3.5-moe";

    private static readonly string[] Policies = ["static", "eplb", "moeless", "auto"];

    public string Table()
    {
        MarkdownTable table = new(
            "mix", "forecast", "load accuracy", "max/mean", "static µs", "EPLB", "moeless", "auto", "bound", "moeless copies / E", "auto",
            "moeless residency", "auto");
        foreach (RecordedMix mix in mixes)
        {
            foreach (ReplayedRouting recording in mix.Forecasts)
            {
                SimulationSettings cell = Cell(recording, accuracy: 1);
                Add(table, mix.Name, $"`{recording.Forecast}`", recording.AccuracyOf(layers, cell.HistoryIterations)!.Value, cell);
            }

            Add(table, mix.Name, "assumed", 0.8, Cell(mix.Loads, accuracy: 0.8));
            Add(table, mix.Name, "perfect", 1, Cell(mix.Loads, accuracy: 1));
        }

        return table.ToString();
    }

    private SimulationSettings Cell(ReplayedRouting recording, double accuracy) => Experiments.Cell(Shape, "64", accuracy: accuracy) with
    {
        Layers = layers,
        Routing = recording.Path,
        Recording = recording,
        Iterations = int.MaxValue,
    };

    private void Add(MarkdownTable table, string mix, string forecast, double accuracy, SimulationSettings cell)
    {
        Dictionary<string, PolicyComparison> results =
            Simulator.Compare(cell, Policies, seeds: 1, progress: null, cancellationToken).ToDictionary(policy => policy.Policy);
        PolicyResult reference = results["static"].Mean;
        table.Add(
            mix, forecast, MarkdownTable.Two(accuracy), MarkdownTable.Two(reference.MaxOverMean), MarkdownTable.Micro(reference.Layer.Mean),
            Time("eplb"), Time("moeless"), Time("auto"), MarkdownTable.Two(reference.LosslessBound / reference.Layer.Mean),
            Copies("moeless"), Copies("auto"), Bill("moeless"), Bill("auto"));

        string Time(string policy) => MarkdownTable.Two(results[policy].Layer?.Mean);
        string Copies(string policy) => MarkdownTable.Two(results[policy].Mean.CopiesPerExpert);
        string Bill(string policy) => MarkdownTable.Two(results[policy].Residency?.Mean);
    }
}
