namespace DaprMoE.Gateway;

/// <summary>What layers and devices do per second.</summary>
/// <param name="Tokens">Tokens per second of each layer's experts; a layer without experts has none.</param>
/// <param name="DeviceRows">Rows per second of each device; shorter than the devices when the last ones did nothing yet.</param>
/// <param name="Variation">Mean coefficient of variation of the devices' rows; null when no layer ran on several.</param>
/// <param name="MaxOverMean">Mean of the busiest device's rows over the mean; null when no layer ran on several.</param>
internal sealed record DispatchRates(
    IReadOnlyList<long[]> Tokens, IReadOnlyList<double> DeviceRows, double? Variation, double? MaxOverMean)
{
    /// <summary>Rates between two totals.</summary>
    public static DispatchRates Between(DispatchTotals then, DispatchTotals now, double seconds)
    {
        long layers = now.Balance.Layers - then.Balance.Layers;
        return new DispatchRates(
            [.. now.Tokens.Zip(then.Tokens, (after, before) => Rates(before, after, seconds))],
            [.. now.DeviceRows.Select((rows, device) => (rows - then.DeviceRows.ElementAtOrDefault(device)) / seconds)],
            layers > 0 ? (now.Balance.Variation - then.Balance.Variation) / layers : null,
            layers > 0 ? (now.Balance.MaxOverMean - then.Balance.MaxOverMean) / layers : null);
    }

    private static long[] Rates(long[] before, long[] after, double seconds)
    {
        long[] rates = new long[after.Length];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = (long)Math.Round((after[i] - before[i]) / seconds);
        }

        return rates;
    }
}
