using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>How near a candidate's forecasts were.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Accuracy">Load accuracy (1 − ½ · L1 of shares), mean over windows and layers.</param>
internal sealed record CandidateScore(ILoadCandidate Candidate, double Accuracy)
{
    /// <summary>Forecasts the windows [from, to) and compares.</summary>
    public static CandidateScore Of(ILoadCandidate candidate, LoadSeries series, int from, int to)
    {
        float[] loads = new float[series.Shape.Count];
        double sum = 0;
        for (int window = from; window < to; window++)
        {
            candidate.Forecast(series, window, loads);
            sum += AccuracyOf(series.Shape, loads, series[window].Loads);
        }

        return new CandidateScore(candidate, sum / (to - from));
    }

    public static double AccuracyOf(LayerShape shape, float[] forecast, float[] actual)
    {
        double distance = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            distance += Math.Abs(forecast[i] - actual[i]);
        }

        return 1 - (0.5 * distance / shape.Count);
    }
}
