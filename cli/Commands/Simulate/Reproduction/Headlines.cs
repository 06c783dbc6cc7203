using DaprMoE.Scheduling;

namespace DaprMoE.Cli;

/// <summary>
/// Each headline number of the paper beside what is obtained under the assumptions that come nearest, and under physical ones.
/// </summary>
internal sealed class Headlines(HeadlineLatency latency, CostMeters cost)
{
    private const string Paper = "paper's formula: time linear in tokens, replicas of a device free of each other";
    private const string Serial = "linear time, devices serial";
    private const string Physical = "roofline time, devices serial";

    public string Table()
    {
        MarkdownTable table = new("headline", "paper", "obtained", "under");
        AddLatency(table, "layer latency vs Megatron (static)", "−43.19 %", "static");
        AddLatency(table, "layer latency vs EPLB", "−21.89 %", "eplb");
        AddCost(table, "cost vs Megatron (static)", "−92.68 %", "static");
        AddCost(table, "cost vs EPLB", "−95.11 %", "eplb");
        AddCost(table, "cost vs Oracle (lossy)", "−84.06 %", "capacity-oracle");
        return table.ToString();
    }

    private void AddLatency(MarkdownTable table, string headline, string paper, string reference)
    {
        Add(TimeShape.Linear, DeviceOverlap.Replica, 1.0, Experiments.Prefill, 0.8, Paper);
        Add(TimeShape.Linear, DeviceOverlap.Replica, 1.3, Experiments.Prefill, 1, Paper);
        Add(TimeShape.Linear, DeviceOverlap.Device, 1.3, Experiments.Prefill, 1, Serial);
        Add(TimeShape.Linear, DeviceOverlap.Device, 1.6, Experiments.Prefill, 1, Serial);
        Add(TimeShape.Roofline, DeviceOverlap.Device, 1.0, Experiments.Prefill, 0.8, Physical);
        Add(TimeShape.Roofline, DeviceOverlap.Device, 1.0, "64", 0.8, Physical);

        void Add(TimeShape time, DeviceOverlap overlap, double zipf, string tokens, double accuracy, string assumption) => table.Add(
            headline, paper, MarkdownTable.Change(latency.Ratio(time, overlap, zipf, tokens, accuracy, reference)),
            $"{assumption}; Zipf {zipf:0.0}, {tokens} tokens, forecasts {(accuracy == 1 ? "perfect" : "of 80 %")}");
    }

    private void AddCost(MarkdownTable table, string headline, string paper, string reference)
    {
        Add(CostMeters.Active, CostMeters.Residency, "two meters: moeless by *active*, the other by *residency*");
        Add(CostMeters.Active, CostMeters.Active, "one meter: both by *active*");
        Add(CostMeters.Residency, CostMeters.Residency, "one meter: both by *residency*");

        void Add(Func<ModelBill, double> meter, Func<ModelBill, double> other, string assumption) => table.Add(
            headline, paper, MarkdownTable.Change(cost.Mean(1, Experiments.Mixed, 0.8, "moeless", reference, meter, other)),
            $"{assumption}; mixed work, Zipf 1.0, forecasts of 80 %, {Physical}");
    }
}
