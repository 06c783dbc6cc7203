using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>What was measured, as a table.</summary>
internal static class BenchTable
{
    public static Table Of(BenchResult result)
    {
        Table table = new(new Column("measure"), new Column("value", IsNumber: true), new Column(""));
        table.Add("prompt", $"{Number(result.PromptTokensPerSecond)} tokens/s", $"{result.PromptTokens} tokens");
        table.Add("  of the f32 FMA peak", Percent(result.PrefillShare.Median), Series(result.PrefillShare, 1e9, "GFLOP/s"));
        table.Add("generation", $"{Number(result.DecodeTokensPerSecond)} tokens/s", "one sequence");
        table.Add("  of read bandwidth", Percent(result.DecodeShare.Median), Series(result.DecodeShare, 1e9, "GB/s"));
        table.Add("generation, batch", $"{Number(result.BatchTokensPerSecond)} tokens/s", $"{result.Batch} sequences");
        table.Add("time to first token", $"{Number(result.TimeToFirstTokenMs)} ms", "median");
        table.Add("inter-token latency", $"{Number(result.InterTokenP50Ms)} ms", $"median; p99 {Number(result.InterTokenP99Ms)} ms");
        table.Add("allocated per step", $"{Number(result.AllocatedBytesPerStep)} B", "managed, engine's thread");
        table.Add("memory", Quantity.Bytes(result.PeakMemoryBytes), $"peak of the process; experts {Quantity.Bytes(result.ExpertBytes)}");
        return table;
    }

    private static string Series(ShareSeries series, double unit, string name)
    {
        string verdict = series switch
        {
            { IsConclusive: true } => "",
            { Triples: 1 } => "; INCONCLUSIVE: one triple has no band",
            _ => "; INCONCLUSIVE: the band is wider than ±10 %",
        };
        return $"band {Percent(series.Least)} to {Percent(series.Most)} "
            + $"of {Number(series.LimitPerSecond / unit)} {name}, series {series.Attempts}{verdict}";
    }

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
