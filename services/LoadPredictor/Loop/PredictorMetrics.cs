using System.Diagnostics;
using System.Diagnostics.Metrics;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>The predictor's instruments.</summary>
internal sealed class PredictorMetrics : IDisposable
{
    public const string MeterName = "DaprMoE.LoadPredictor";

    private const string Prefix = "daprmoe_predictor_";

    private readonly Meter _meter;
    private readonly Counter<long> _windows;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _forecasts;
    private readonly Histogram<double> _fitSeconds;
    private readonly Gauge<double> _accuracy;

    public PredictorMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _windows = _meter.CreateCounter<long>(Prefix + "windows_total", description: "Windows of load that were read.");
        _refused = _meter.CreateCounter<long>(
            Prefix + "windows_refused_total", description: "Places of the window log that hold no window.");
        _forecasts = _meter.CreateCounter<long>(Prefix + "forecasts_total", description: "Forecasts, by the candidate that made them.");
        _fitSeconds = _meter.CreateHistogram<double>(Prefix + "fit_seconds", "s", "Time of a fit of all candidates.");
        _accuracy = _meter.CreateGauge<double>(
            Prefix + "held_out_accuracy", description: "Load accuracy of each candidate on the newest windows, 0 to 1, at the last fit.");
    }

    public void CountWindows(LoadWindowBatch batch)
    {
        _windows.Add(batch.Windows.Count);
        _refused.Add(batch.Refused);
    }

    public void CountForecast(ForecastDocument forecast) =>
        _forecasts.Add(1, new KeyValuePair<string, object?>("candidate", forecast.Predictor));

    public FitOutcome Measure(Func<FitOutcome> fit)
    {
        long start = Stopwatch.GetTimestamp();
        FitOutcome outcome = fit();
        _fitSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return outcome;
    }

    public void Fitted(FitOutcome outcome)
    {
        foreach (CandidateScore score in outcome.Scores)
        {
            _accuracy.Record(score.Accuracy, new KeyValuePair<string, object?>("candidate", score.Candidate.Name));
        }
    }

    public void Dispose() => _meter.Dispose();
}
