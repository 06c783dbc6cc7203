namespace DaprMoE.Predictors;

/// <summary>Counts which experts each token id goes to.</summary>
internal static class TokenTableTraining
{
    /// <summary>The layer's shares: those of each id, drawn towards those of all by one token's weight.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rows">Rows to count.</param>
    /// <param name="index">Which MoE layer.</param>
    /// <param name="tokens">Ids that get a row, ascending.</param>
    /// <returns>[tokens + 1, E]; the last row is for all other ids.</returns>
    public static ushort[] Shares(Recording recording, ReadOnlySpan<int> rows, int index, int[] tokens)
    {
        MoeLayerShape layer = recording.Shape.Layers[index];
        int experts = layer.Experts;
        double[] counts = new double[(long)(tokens.Length + 1) * experts];
        Span<double> all = counts.AsSpan(tokens.Length * experts, experts);
        foreach (int row in rows)
        {
            int at = Array.BinarySearch(tokens, recording.Data.TokenIds[row]);
            foreach (ushort expert in recording.Data.Choices[index].AsSpan(row * layer.TopK, layer.TopK))
            {
                counts[(at * experts) + expert] += 1.0 / layer.TopK;
                all[expert] += 1.0 / layer.TopK;
            }
        }

        Normalize(all, Sum(all));
        for (int token = 0; token < tokens.Length; token++)
        {
            Span<double> shares = counts.AsSpan(token * experts, experts);
            double total = Sum(shares) + 1;
            for (int expert = 0; expert < experts; expert++)
            {
                shares[expert] += all[expert];
            }

            Normalize(shares, total);
        }

        return Array.ConvertAll(counts, share => BrainFloat.Round((float)share));
    }

    /// <summary>The different ids of rows, ascending.</summary>
    public static int[] Tokens(Recording recording, IEnumerable<int> rows) =>
        [.. rows.Select(row => recording.Data.TokenIds[row]).Distinct().Order()];

    /// <summary>What a table says of rows.</summary>
    public static RowForecast Forecast(Recording recording, ushort[] shares, int[] tokens, int index, ReadOnlySpan<int> rows)
    {
        MoeLayerShape layer = recording.Shape.Layers[index];
        RowForecast forecast = new(layer.Experts, layer.TopK, recording.Data.TokenIds.Length);
        foreach (int row in rows)
        {
            int at = Array.BinarySearch(tokens, recording.Data.TokenIds[row]);
            ReadOnlySpan<ushort> line = shares.AsSpan((at < 0 ? tokens.Length : at) * layer.Experts, layer.Experts);
            Span<float> soft = forecast.Soft.AsSpan(row * layer.Experts, layer.Experts);
            for (int expert = 0; expert < line.Length; expert++)
            {
                soft[expert] = layer.TopK * BrainFloat.Widen(line[expert]);
            }

            Span<ushort> choices = forecast.Choices.AsSpan(row * layer.TopK, layer.TopK);
            LargestShares.Take(soft, choices);
        }

        return forecast;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static void Normalize(Span<double> values, double total)
    {
        foreach (ref double value in values)
        {
            value = total > 0 ? value / total : 1.0 / values.Length;
        }
    }
}
