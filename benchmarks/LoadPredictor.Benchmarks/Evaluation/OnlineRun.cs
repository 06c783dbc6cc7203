using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Runs predictors over windows as they come: each forecast is made before its window is seen.</summary>
internal static class OnlineRun
{
    /// <summary>Windows before the first that counts.</summary>
    public const int Warm = 40;

    /// <summary>Load accuracy of a candidate that learns nothing.</summary>
    public static double Fixed(ILoadCandidate candidate, IReadOnlyList<LoadWindow> windows)
    {
        LoadSeries series = SeriesOf(windows);
        return CandidateScore.Of(candidate, series, Warm, series.Next).Accuracy;
    }

    /// <summary>Load accuracy of the regression predictor, refitted as in the service but at once.</summary>
    public static double Regression(FitSettings settings, IReadOnlyList<LoadWindow> windows)
    {
        RegressionForecaster forecaster = new(windows[0].Shape, settings);
        CandidateFitter fitter = new(settings);
        float[] loads = new float[windows[0].Shape.Count];
        double sum = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            forecaster.Forecast(loads);
            forecaster.Add(windows[i]);
            if (i >= Warm)
            {
                sum += CandidateScore.AccuracyOf(windows[0].Shape, loads, forecaster.Series[forecaster.Series.Next - 1].Loads);
            }

            if (forecaster.IsFitDue)
            {
                forecaster.EndFit(fitter.Fit(forecaster.BeginFit()));
            }
        }

        return sum / (windows.Count - Warm);
    }

    public static LoadSeries SeriesOf(IReadOnlyList<LoadWindow> windows)
    {
        LoadSeries series = new(windows[0].Shape, windows.Count + 1);
        foreach (LoadWindow window in windows)
        {
            series.Add(window);
        }

        return series;
    }
}
