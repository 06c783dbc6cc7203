using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The paper's cost numbers by who is billed for what: mean of its three models, roofline, serial devices.</summary>
internal sealed class CostMeters(Experiments experiments)
{
    private const string StaticAgainstItself = "**static placement** by *active*, against itself by *residency*";
    private const string TwoMeters = "moeless by *active*, the others by *residency*";

    private static readonly (string Tokens, string Work)[] Work = [(Experiments.Prefill, "prefill"), (Experiments.Mixed, "mixed")];

    public string Table()
    {
        MarkdownTable table = new("Zipf", "work", "forecast", "who is billed for what", "vs static", "vs EPLB", "vs oracle");
        foreach (double zipf in (double[])[0.5, 1.0])
        {
            foreach ((string tokens, string work) in Work)
            {
                Add(table, zipf, tokens, work, 1, TwoMeters, Active, Residency);
                Add(table, zipf, tokens, work, 0.8, TwoMeters, Active, Residency);
                Add(table, zipf, tokens, work, 0.8, "all by *active*", Active, Active);
                Add(table, zipf, tokens, work, 0.8, "all by *active*, experts alone", bill => bill.Active, bill => bill.Active);
                Add(table, zipf, tokens, work, 0.8, "all by *residency*", Residency, Residency);
                string change = MarkdownTable.Change(Mean(zipf, tokens, 0.8, "static", "static", Active, Residency));
                table.Add($"{zipf:0.0}", work, "–", StaticAgainstItself, $"**{change}**", "", "");
            }
        }

        return table.ToString();
    }

    /// <summary>Bill of a policy over that of another: mean of the models.</summary>
    public double Mean(
        double zipf,
        string tokens,
        double accuracy,
        string policy,
        string reference,
        Func<ModelBill, double> meter,
        Func<ModelBill, double> other) =>
        Experiments.PaperShapes.Average(shape =>
        {
            IReadOnlyDictionary<string, PolicyComparison> cell = experiments.Run(Experiments.Cell(shape, tokens, zipf, accuracy));
            return meter(ModelBill.Of(cell[policy].Mean, shape)) / other(ModelBill.Of(cell[reference].Mean, shape));
        });

    public static double Active(ModelBill bill) => bill.PaperCost;

    public static double Residency(ModelBill bill) => bill.Residency;

    private void Add(
        MarkdownTable table, double zipf, string tokens, string work, double accuracy, string who,
        Func<ModelBill, double> meter, Func<ModelBill, double> others)
    {
        string[] changes = [.. ((string[])["static", "eplb", "capacity-oracle"])
            .Select(reference => MarkdownTable.Change(Mean(zipf, tokens, accuracy, "moeless", reference, meter, others)))];
        table.Add([$"{zipf:0.0}", work, accuracy == 1 ? "perfect" : "80 %", who, .. changes]);
    }
}
