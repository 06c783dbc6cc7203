using System.Globalization;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>What was simulated, as tables.</summary>
internal static class SimulateTables
{
    /// <summary>What the columns mean.</summary>
    public const string Note =
        "x static: times static placement on the same meter. bound: least time of any lossless placement; won: share of the way there.\n"
        + "active: a layer's replicas while it runs; residency: all memory held.";

    /// <summary>Times, copies and balance.</summary>
    public static Table Latency(SimulateResult result)
    {
        Table table = new(
            new Column("policy"), Number("layer µs"), Number("p50"), Number("p99"), Number("x static"), Number("bound µs"), Number("won"),
            Number("TTFT ms"),
            Number("TPOT ms"), Number("copies/E"), Number("max/mean"), Number("CV"));
        foreach (PolicyComparison policy in result.Policies)
        {
            PolicyResult mean = policy.Mean;
            table.Add(
                policy.Policy, Micro(mean.Layer.Mean), Micro(mean.Layer.P50), Micro(mean.Layer.P99), Times(policy.Layer, result.Seeds),
                Micro(mean.LosslessBound), Share(policy.ShareOfPossible), Milli(mean.FirstToken), Milli(mean.PerToken),
                Two(mean.CopiesPerExpert), Two(mean.MaxOverMean), Two(mean.Cv));
        }

        return table;
    }

    /// <summary>The three meters, and what was loaded.</summary>
    public static Table Bill(SimulateResult result)
    {
        Table table = new(
            new Column("policy"), Number("active GB·s"), Number("x static"), Number("residency GB·s"), Number("x static"),
            Number("money µUSD"),
            Number("x static"), Number("cold starts"), Number("weight copies"), Number("migrations"));
        foreach (PolicyComparison policy in result.Policies)
        {
            BillSummary bill = policy.Mean.Bill;
            table.Add(
                policy.Policy, Significant(bill.ActiveGbSeconds), Times(policy.Active, result.Seeds), Significant(bill.ResidencyGbSeconds),
                Times(policy.Residency, result.Seeds), Significant(bill.Money * 1e6), Times(policy.Money, result.Seeds),
                Whole(policy.Mean.ColdStarts), Whole(policy.Mean.WeightCopies), Whole(policy.Mean.Migrations));
        }

        return table;
    }

    private static Column Number(string name) => new(name, IsNumber: true);

    private static string Times(Ratio? ratio, int seeds) => (ratio, seeds) switch
    {
        (null, _) => "–",
        ({ } one, 1) => Two(one.Mean),
        ({ } mean, _) => Two(mean.Mean) + " ± " + Two(mean.Deviation),
    };

    private static string Micro(double seconds) => Significant(seconds * 1e6);

    private static string Milli(LatencySummary? times) => times is null ? "–" : Significant(times.Mean * 1e3);

    private static string Share(double? share) => share is { } won ? (won * 100).ToString("0", CultureInfo.InvariantCulture) + " %" : "–";

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Significant(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
