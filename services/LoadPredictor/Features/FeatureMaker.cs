namespace DaprMoE.LoadPredictor;

/// <summary>Makes the features of an expert's load in a window from the windows before it and from what was expected of it.</summary>
internal sealed class FeatureMaker(LoadSeries series, RelatedExperts related, MatchedWindows? matched)
{
    /// <summary>Keeps ratios of small loads finite.</summary>
    private const float Floor = 0.05f;

    /// <summary>Windows that have to come before the first that features are made for.</summary>
    public const int Before = FeatureSet.Lags;

    private readonly float[] _matchedChange = new float[series.Shape.Count];
    private int _matchedWindow = -1;

    /// <summary>Features of a row: with those of the expectation only when there is something to match it with.</summary>
    public int Features => matched is null ? FeatureSet.OfHistory : FeatureSet.All;

    public LoadSeries Series => series;

    /// <summary>Fills a row.</summary>
    /// <param name="window">The window to be forecast.</param>
    /// <param name="expert">Position of the expert in the window's values.</param>
    /// <param name="row">Receives <see cref="Features"/> values.</param>
    public void Fill(int window, int expert, Span<float> row)
    {
        WindowLoads last = series[window - 1];
        WindowLoads earlier = series[window - 2];
        int layer = expert / series.Shape.Experts;
        float smoothed = last.Smoothed[expert];
        for (int lag = 0; lag < FeatureSet.Lags; lag++)
        {
            row[lag] = series[window - 1 - lag].Loads[expert];
        }

        row[FeatureSet.Smoothed] = smoothed;
        row[FeatureSet.Variation] = last.Variation[layer];
        row[FeatureSet.Largest] = last.Largest[layer];
        row[FeatureSet.VariationTimesSmoothed] = last.Variation[layer] * smoothed;
        Surprises(last, earlier, related.Before(expert), row[FeatureSet.Surprises..]);
        Surprises(last, earlier, related.After(expert), row[(FeatureSet.Surprises + FeatureSet.Neighbours)..]);
        row[FeatureSet.PromptFraction] = last.PromptFraction;
        row[FeatureSet.Tokens] = MathF.Log(1 + last.Tokens);
        row[FeatureSet.PromptFractionTimesSmoothed] = last.PromptFraction * smoothed;
        row[FeatureSet.TokensTimesSmoothed] = row[FeatureSet.Tokens] * smoothed;
        row[FeatureSet.LayerPosition] = series.Shape.Layers == 1 ? 0 : (float)layer / (series.Shape.Layers - 1);
        if (matched is not null)
        {
            Match(window);
            Expectation(series[window], last, expert, row);
        }
    }

    private static void Surprises(WindowLoads last, WindowLoads earlier, ReadOnlySpan<ushort> experts, Span<float> row)
    {
        for (int i = 0; i < experts.Length; i++)
        {
            row[i] = (last.Loads[experts[i]] + Floor) / (earlier.Smoothed[experts[i]] + Floor);
        }
    }

    private void Match(int window)
    {
        if (_matchedWindow != window)
        {
            matched!.Match(series, window, _matchedChange);
            _matchedWindow = window;
        }
    }

    private void Expectation(WindowLoads next, WindowLoads last, int expert, Span<float> row)
    {
        float coverage = Math.Min(1, next.KnownTokens / (last.Tokens + 1));
        row[FeatureSet.ExpectedChange] = next.Expected[expert] - last.ExpectedSmoothed[expert];
        row[FeatureSet.Coverage] = coverage;
        row[FeatureSet.MatchedChange] = _matchedChange[expert];
        row[FeatureSet.CoveredChange] = coverage * _matchedChange[expert];
    }
}
