using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The three meters of one second like those of a conversation trace.</summary>
internal sealed class MixedBills(Experiments experiments)
{
    public string Table(string tokens)
    {
        MarkdownTable table = new(
            "model", "static: active GB·s", "residency GB·s", "money µUSD", "time: EPLB / moeless / auto", "active: EPLB / moeless / auto",
            "residency = money: EPLB / moeless / auto");
        foreach (string shape in ModelShapes.Names)
        {
            IReadOnlyDictionary<string, PolicyComparison> cell = experiments.Run(Experiments.Cell(shape, tokens));
            ModelBill bill = ModelBill.Of(cell["static"].Mean, shape);
            table.Add(
                shape, MarkdownTable.Two(bill.Active), MarkdownTable.Number(bill.Residency), MarkdownTable.Number(bill.Money * 1e6),
                Three(policy => policy.Busy), Three(policy => policy.Active), Three(policy => policy.Residency));

            string Three(Func<PolicyComparison, Ratio?> ratio) =>
                string.Join(" / ", ((string[])["eplb", "moeless", "auto"]).Select(policy => MarkdownTable.Two(ratio(cell[policy])?.Mean)));
        }

        return table.ToString();
    }
}
