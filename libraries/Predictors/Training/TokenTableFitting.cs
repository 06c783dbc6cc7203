namespace DaprMoE.Predictors;

/// <summary>Makes the token table and decides in which layers it serves.</summary>
internal sealed class TokenTableFitting(RecordingParts parts)
{
    public (TokenTable Table, List<LayerReport> Reports) Fit()
    {
        Recording recording = parts.Recording;
        int[] tokens = TokenTableTraining.Tokens(recording, parts.TrainRows);
        List<TokenTableLayer> layers = [];
        List<LayerReport> reports = [];
        for (int index = 0; index < recording.Shape.Layers.Count; index++)
        {
            ushort[] shares = TokenTableTraining.Shares(recording, parts.TrainRows, index, tokens);
            (TokenTableLayer layer, LayerReport report) = Measure(index, shares, tokens);
            layers.Add(layer);
            reports.Add(report);
        }

        return (new TokenTable(tokens, layers), reports);
    }

    private (TokenTableLayer Layer, LayerReport Report) Measure(int index, ushort[] shares, int[] tokens)
    {
        ushort[] actual = parts.Recording.Data.Choices[index];
        RowForecast forecast = TokenTableTraining.Forecast(parts.Recording, shares, tokens, index, parts.HeldOutRows);
        double counts = Candidate.Score(parts.EarlyStop.Measure(forecast, LoadForm.Counts, actual));
        double soft = Candidate.Score(parts.EarlyStop.Measure(forecast, LoadForm.Soft, actual));
        LoadForm form = soft > counts ? LoadForm.Soft : LoadForm.Counts;
        LayerBaselines baselines = new(parts, index);
        bool beats = Math.Max(soft, counts) > baselines.BestScore;
        MeasuredPredictor measured =
            new(PredictorNames.TokenTable, true, form, shares.Length, parts.Test.Measure(forecast, form, actual));
        LayerReport report = new(
            parts.Recording.Shape.Layers[index].Layer, null, 0, [measured, .. baselines.Measured],
            beats ? PredictorNames.TokenTable : PredictorNames.MovingAverage);
        return (new TokenTableLayer(shares, form, beats), report);
    }
}
