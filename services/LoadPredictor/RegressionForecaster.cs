using System.Globalization;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// The <c>regression</c> predictor of one model: takes windows, forecasts the next one with the candidate that serves, and says when it
/// wants to be refitted. Not safe for several threads; a fit runs on a snapshot beside it.
/// </summary>
internal sealed class RegressionForecaster
{
    /// <summary>The predictor's name in state and configuration.</summary>
    public const string Name = "regression";

    private readonly FitSettings _settings;
    private ILoadCandidate? _serving;
    private string _why = "";
    private int _fittedAt;

    public RegressionForecaster(LayerShape shape, FitSettings settings)
    {
        _settings = settings;
        Series = new LoadSeries(shape, settings.Windows);
    }

    public LoadSeries Series { get; }

    /// <summary>Whether enough has come in since the last fit.</summary>
    public bool IsFitDue => Series.Next >= _settings.LeastWindows && (_fittedAt == 0 || Series.Next - _fittedAt >= _settings.RefitEvery);

    /// <summary>Takes a window.</summary>
    public void Add(LoadWindow window) => Series.Add(window);

    /// <summary>Lets a candidate serve.</summary>
    public void Serve(ILoadCandidate candidate, string why)
    {
        _serving = candidate;
        _why = why;
    }

    /// <summary>What a fit works on; the next fit is due a while after.</summary>
    public LoadSeries BeginFit()
    {
        _fittedAt = Series.Next;
        return Series.Snapshot();
    }

    /// <summary>Lets the best of a fit serve.</summary>
    public void EndFit(FitOutcome outcome) => Serve(outcome.Best.Candidate, string.Create(
        CultureInfo.InvariantCulture,
        $"best of {outcome.Scores.Count} on the newest {outcome.HeldOut} windows, load accuracy {outcome.Best.Accuracy:0.0000}"));

    /// <summary>Forecasts the window to come.</summary>
    /// <param name="loads">Receives share x experts of each expert.</param>
    public ServedForecast Forecast(Span<float> loads)
    {
        (ILoadCandidate candidate, string why) = Series.Count <= FeatureMaker.Before || _serving is null
            ? (MeanOfLast.Eight, NotEnough())
            : (_serving, _why);
        candidate.Forecast(Series, Series.Next, loads);
        return new ServedForecast(candidate.Name, why);
    }

    private string NotEnough() => _serving is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Series.Next} windows were seen, the first fit needs {_settings.LeastWindows}")
        : string.Create(CultureInfo.InvariantCulture, $"{Series.Count} windows are there, features need {FeatureMaker.Before + 1}");
}
