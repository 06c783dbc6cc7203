namespace DaprMoE.Predictors;

/// <summary>The forecasts that need no training, of one layer: what a predictor has to beat.</summary>
internal sealed class LayerBaselines
{
    public LayerBaselines(RecordingParts parts, int index)
    {
        MoeLayerShape layer = parts.Recording.Shape.Layers[index];
        ushort[] actual = parts.Recording.Data.Choices[index];
        Measured =
        [
            OfMean(parts, parts.Test, layer, actual),
            new MeasuredPredictor(PredictorNames.Last, false, null, 0, parts.Test.MeasureHistory(1, actual, layer.Experts, layer.TopK)),
            new MeasuredPredictor(PredictorNames.MovingAverage, false, null, 0, parts.Test.MeasureMovingAverage(actual, layer.Experts, layer.TopK)),
        ];
        BestScore = Math.Max(
            Candidate.Score(OfMean(parts, parts.EarlyStop, layer, actual).Measures),
            Candidate.Score(parts.EarlyStop.MeasureMovingAverage(actual, layer.Experts, layer.TopK)));
    }

    /// <summary>Training mean, <c>last</c> and <c>moving-average</c>, on the prompts to report on.</summary>
    public IReadOnlyList<MeasuredPredictor> Measured { get; }

    /// <summary>The better score of training mean and mean of the last 8 on the early-stop prompts.</summary>
    public double BestScore { get; }

    /// <summary>The shares of prompt tokens for prefill, those of generated tokens for decode: the two differ, and one for both would be weak.</summary>
    private static MeasuredPredictor OfMean(RecordingParts parts, HeldOut heldOut, MoeLayerShape layer, ushort[] actual)
    {
        double[] prompt = Loads(parts.Train.PromptRows, layer, actual);
        double[] decode = Loads(parts.Train.DecodeRows, layer, actual);
        ForecastMeasures measures = heldOut.MeasureFixed(prompt, decode, actual, layer.TopK);
        return new MeasuredPredictor(PredictorNames.TrainingMean, false, null, 0, measures);
    }

    private static double[] Loads(int[] rows, MoeLayerShape layer, ushort[] actual)
    {
        double[] loads = new double[layer.Experts];
        foreach (int row in rows)
        {
            foreach (ushort expert in actual.AsSpan(row * layer.TopK, layer.TopK))
            {
                loads[expert]++;
            }
        }

        return loads;
    }
}
