namespace DaprMoE.Simulation;

/// <summary>The mean of results of the same policy.</summary>
internal static class ResultMean
{
    public static PolicyResult Of(IReadOnlyList<PolicyResult> results)
    {
        if (results.Count == 1)
        {
            return results[0];
        }

        return results[0] with
        {
            LayerIterations = Count(results, result => result.LayerIterations),
            Layer = Mean(results, result => result.Layer)!,
            LosslessBound = results.Average(result => result.LosslessBound),
            FirstToken = Mean(results, result => result.FirstToken),
            PerToken = Mean(results, result => result.PerToken),
            BusySeconds = results.Average(result => result.BusySeconds),
            Seconds = results.Average(result => result.Seconds),
            CopiesPerExpert = results.Average(result => result.CopiesPerExpert),
            MaxOverMean = results.Average(result => result.MaxOverMean),
            Cv = results.Average(result => result.Cv),
            ColdStarts = Count(results, result => result.ColdStarts),
            WeightCopies = Count(results, result => result.WeightCopies),
            Migrations = Count(results, result => result.Migrations),
            Reasons = Reasons(results),
            Bill = Bill(results),
            LayerQuantiles = [.. Enumerable.Range(0, results[0].LayerQuantiles.Count)
                .Select(share => results.Average(result => result.LayerQuantiles[share]))],
        };
    }

    private static long Count(IReadOnlyList<PolicyResult> results, Func<PolicyResult, long> count) =>
        (long)Math.Round(results.Average(count));

    private static LatencySummary? Mean(IReadOnlyList<PolicyResult> results, Func<PolicyResult, LatencySummary?> times)
    {
        LatencySummary[] all = [.. results.Select(times).OfType<LatencySummary>()];
        return all.Length == 0
            ? null
            : new LatencySummary(all.Average(one => one.Mean), all.Average(one => one.P50), all.Average(one => one.P99));
    }

    private static SortedDictionary<string, long> Reasons(IReadOnlyList<PolicyResult> results)
    {
        SortedDictionary<string, long> sums = new(StringComparer.Ordinal);
        foreach ((string reason, long count) in results.SelectMany(result => result.Reasons))
        {
            sums[reason] = sums.GetValueOrDefault(reason) + count;
        }

        return sums;
    }

    private static BillSummary Bill(IReadOnlyList<PolicyResult> results) => new(
        results.Average(result => result.Bill.ActiveGbSeconds),
        results.Average(result => result.Bill.ResidencyGbSeconds),
        results.Average(result => result.Bill.Money),
        results.Average(result => result.Bill.LoadingGbSeconds),
        results.Average(result => result.Bill.IdleGbSeconds),
        results.Average(result => result.Bill.NonExpertGbSeconds));
}
