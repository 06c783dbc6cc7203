namespace DaprMoE.LoadPredictor;

/// <summary>A fitted regression over the features of each expert.</summary>
internal sealed class RegressionCandidate(string name, RelatedExperts related, MatchedWindows? matched, IRowScorer scorer) : ILoadCandidate
{
    public string Name => name;

    public RelatedExperts Related => related;

    public MatchedWindows? Matched => matched;

    public IRowScorer Scorer => scorer;

    public void Forecast(LoadSeries series, int window, Span<float> loads)
    {
        FeatureMaker maker = new(series, related, matched);
        Span<float> row = stackalloc float[FeatureSet.All];
        row = row[..maker.Features];
        for (int expert = 0; expert < loads.Length; expert++)
        {
            maker.Fill(window, expert, row);
            loads[expert] = Residual.ToLoad(series, window, expert, scorer.Score(row));
        }

        LayerSums.Normalise(series.Shape, loads);
    }
}
