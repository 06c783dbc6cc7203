using DaprMoE.Scheduling;

namespace DaprMoE.Predictors;

/// <summary>Held-out prompts of a recording, and the measures of forecasts on them.</summary>
internal sealed class HeldOut
{
    private const int MeanOf = 8;

    private readonly List<int[]> _decode;
    private readonly List<int[]> _prefill;

    public HeldOut(IReadOnlyList<RecordedPrompt> prompts)
    {
        Rows = PromptSplit.Rows(prompts);
        PromptRows = [.. prompts.SelectMany(prompt => Enumerable.Range(prompt.FirstRow, prompt.PromptTokens))];
        DecodeRows = [.. prompts.SelectMany(
            prompt => Enumerable.Range(prompt.FirstRow + prompt.PromptTokens, prompt.Tokens - prompt.PromptTokens))];
        _decode = LoadBatches.Decode(prompts);
        _prefill = LoadBatches.Prefill(prompts);
    }

    public int[] Rows { get; }

    public int[] PromptRows { get; }

    public int[] DecodeRows { get; }

    /// <summary>Measures a forecast that is made row by row.</summary>
    public ForecastMeasures Measure(RowForecast forecast, LoadForm form, ushort[] actual) => Of(
        Hits(forecast, actual, Rows), Hits(forecast, actual, PromptRows), Hits(forecast, actual, DecodeRows),
        batches => Series(batches, forecast.Experts, (row, loads) => forecast.AddTo(loads, row, form)), actual, forecast.Experts, forecast.TopK);

    /// <summary>Measures a fixed forecast: one for prompt tokens, one for generated ones.</summary>
    public ForecastMeasures MeasureFixed(double[] prompt, double[] decode, ushort[] actual, int topK)
    {
        double? promptHits = FixedHits(prompt, actual, topK, PromptRows);
        double? decodeHits = FixedHits(decode, actual, topK, DecodeRows);
        double hits = ((promptHits ?? 0) * PromptRows.Length) + ((decodeHits ?? 0) * DecodeRows.Length);
        return Of(
            Rows.Length == 0 ? null : hits / Rows.Length, promptHits, decodeHits,
            batches => [.. batches.Select(_ => ReferenceEquals(batches, _decode) ? decode : prompt)], actual, prompt.Length, topK);
    }

    /// <summary>Measures the forecast that what comes is the mean of the last iterations.</summary>
    public ForecastMeasures MeasureHistory(int last, ushort[] actual, int experts, int topK)
    {
        List<double[]> Forecast(List<int[]> batches)
        {
            List<double[]> loads = Actual(batches, actual, experts, topK);
            return [.. loads.Select((_, at) => Mean(loads, Math.Max(0, at - last), at, experts))];
        }

        return Of(null, null, null, Forecast, actual, experts, topK);
    }

    /// <summary>Measures the mean of the last 8 iterations.</summary>
    public ForecastMeasures MeasureMovingAverage(ushort[] actual, int experts, int topK) => MeasureHistory(MeanOf, actual, experts, topK);

    private ForecastMeasures Of(
        double? hits, double? promptHits, double? decodeHits, Func<List<int[]>, List<double[]>> forecast, ushort[] actual, int experts, int topK)
    {
        (double? prefill, double? prefillR) = Compare(forecast(_prefill), Actual(_prefill, actual, experts, topK));
        (double? decode, double? decodeR) = Compare(forecast(_decode), Actual(_decode, actual, experts, topK));
        return new ForecastMeasures(hits, promptHits, decodeHits, prefill, decode, prefillR, decodeR);
    }

    /// <summary>Mean load accuracy over iterations, and the correlation over all iterations and experts.</summary>
    private static (double? Accuracy, double? Correlation) Compare(List<double[]> forecast, List<double[]> actual) => actual.Count == 0
        ? (null, null)
        : (forecast.Zip(actual, (f, a) => LoadAccuracy.Of(f, a)).Average(),
            Correlation.Of(forecast.SelectMany(Scaled).ToArray(), actual.SelectMany(Scaled).ToArray()));

    /// <summary>As shares: a mean of shares and counts of 64 tokens are compared alike.</summary>
    private static IEnumerable<double> Scaled(double[] loads)
    {
        double sum = loads.Sum();
        return sum > 0 ? loads.Select(load => load / sum) : loads;
    }

    private static List<double[]> Actual(List<int[]> batches, ushort[] actual, int experts, int topK) => Series(batches, experts, (row, loads) =>
    {
        for (int slot = row * topK; slot < (row + 1) * topK; slot++)
        {
            loads[actual[slot]]++;
        }
    });

    private static List<double[]> Series(List<int[]> batches, int experts, Action<int, double[]> add) => [.. batches.Select(rows =>
    {
        double[] loads = new double[experts];
        foreach (int row in rows)
        {
            add(row, loads);
        }

        return loads;
    })];

    /// <summary>The mean of iterations [from, to); before the first one, even shares.</summary>
    private static double[] Mean(List<double[]> loads, int from, int to, int experts)
    {
        double[] mean = new double[experts];
        if (from == to)
        {
            Array.Fill(mean, 1);
        }

        for (int at = from; at < to; at++)
        {
            for (int expert = 0; expert < experts; expert++)
            {
                mean[expert] += loads[at][expert];
            }
        }

        return mean;
    }

    private static double? FixedHits(double[] shares, ushort[] actual, int topK, int[] rows)
    {
        HashSet<int> top = [.. Enumerable.Range(0, shares.Length).OrderByDescending(expert => shares[expert]).Take(topK)];
        long hits = rows.Sum(row => (long)actual.AsSpan(row * topK, topK).ToArray().Count(expert => top.Contains(expert)));
        return rows.Length == 0 ? null : (double)hits / ((long)rows.Length * topK);
    }

    private static double? Hits(RowForecast forecast, ushort[] actual, int[] rows)
    {
        int topK = forecast.TopK;
        long hits = 0;
        foreach (int row in rows)
        {
            ReadOnlySpan<ushort> foreseen = forecast.Choices.AsSpan(row * topK, topK);
            foreach (ushort expert in actual.AsSpan(row * topK, topK))
            {
                hits += foreseen.Contains(expert) ? 1 : 0;
            }
        }

        return rows.Length == 0 ? null : (double)hits / ((long)rows.Length * topK);
    }
}
