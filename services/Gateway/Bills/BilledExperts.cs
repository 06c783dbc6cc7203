using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The experts' part of a report: those that held most by name, the others as one.</summary>
internal sealed class BilledExperts(BilledModel model, Compared<Bill> bill, int most)
{
    public IReadOnlyList<BillPart> Parts()
    {
        Dictionary<ExpertId, BillRow<ExpertId>> rows = bill.Actual.Experts.ToDictionary(row => row.Key);
        Dictionary<int, BillRow<int>> layers = bill.Static.Layers.ToDictionary(row => row.Key);
        List<BillPart> named = [];
        foreach (ExpertId expert in All())
        {
            BillRow<int> layer = layers.GetValueOrDefault(expert.Layer);
            named.Add(new BillPart(
                expert.ToString(),
                BillReportBuilder.Figures(rows.GetValueOrDefault(expert)),
                Divided(BillReportBuilder.Figures(layer), model.Layers[expert.Layer].Experts)));
        }

        return named.Count <= most ? named : Shortened(named);
    }

    private static BillFigures Divided(BillFigures figures, int parts) =>
        new(figures.ActiveGbSeconds / parts, figures.ResidencyGbSeconds / parts, figures.Money / parts);

    private static BillFigures Sum(IEnumerable<BillFigures> parts) => parts.Aggregate(new BillFigures(0, 0, 0), (sum, part) => new BillFigures(
        sum.ActiveGbSeconds + part.ActiveGbSeconds, sum.ResidencyGbSeconds + part.ResidencyGbSeconds, sum.Money + part.Money));

    private IEnumerable<ExpertId> All() =>
        model.Layers.SelectMany((layer, number) => Enumerable.Range(0, layer.Experts).Select(expert => new ExpertId(number, expert)));

    private IReadOnlyList<BillPart> Shortened(List<BillPart> named)
    {
        HashSet<string> kept = [.. named.OrderByDescending(part => part.Actual.ResidencyGbSeconds).Take(most).Select(part => part.Name)];
        BillPart[] others = [.. named.Where(part => !kept.Contains(part.Name))];
        return
        [
            .. named.Where(part => kept.Contains(part.Name)),
            new BillPart("others", Sum(others.Select(part => part.Actual)), Sum(others.Select(part => part.Static!))) { Count = others.Length },
        ];
    }
}
