using DaprMoE.Ports;
using Microsoft.Extensions.Options;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// The predictor's part of the slow loop: new windows in state → forecast in state → event. Fits run beside it. One thread at a time.
/// </summary>
internal sealed partial class PredictorLoop(
    IStateStore state, IEventBus bus, IOptions<LoadPredictorOptions> options, PredictorMetrics metrics, ILogger<PredictorLoop> logger)
{
    private readonly FitSettings _settings = options.Value.Fit;
    private readonly LoadWindowLog _log = new(state, options.Value.Source);
    private readonly ForecastStore _forecasts = new(state);
    private readonly PredictorStore _predictors = new(state);
    private ModelPredictor? _model;
    private Task<FitOutcome>? _fit;
    private long _seen;
    private long? _version;
    private bool _saidMissing;

    /// <summary>Ends when no fit is running.</summary>
    public Task Fitting => _fit ?? Task.CompletedTask;

    /// <summary>Looks at state once.</summary>
    /// <returns>The forecast that was made; null when there is nothing new.</returns>
    /// <exception cref="StateStoreException">The store can't be read or written; the next look tries again.</exception>
    public async ValueTask<ForecastDocument?> StepAsync(CancellationToken cancellationToken)
    {
        await AdoptFitAsync(cancellationToken).ConfigureAwait(false);
        LoadWindowBatch batch = await _log.ReadAfterAsync(_seen, cancellationToken).ConfigureAwait(false);
        if (batch.Refused > 0)
        {
            LogRefusedWindows(batch.Refused);
        }

        foreach (LoadWindow window in batch.Windows)
        {
            await TakeAsync(window, cancellationToken).ConfigureAwait(false);
        }

        metrics.CountWindows(batch);
        if (batch.Windows.Count == 0 || _model is null)
        {
            return null;
        }

        BeginFit();
        return await PublishAsync(_model, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TakeAsync(LoadWindow window, CancellationToken cancellationToken)
    {
        if (_model is null || !_model.Serves(window))
        {
            _model = new ModelPredictor(window.Model, window.Shape, _settings);
            _fit = null;
        }

        _model.Forecaster.Add(window);
        _seen = window.Version;
        if (_model.IsToRestore)
        {
            await RestoreAsync(_model, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Once there is enough past to forecast from, what served before the restart serves again.</summary>
    private async ValueTask RestoreAsync(ModelPredictor model, CancellationToken cancellationToken)
    {
        model.IsToRestore = false;
        try
        {
            StoredPredictor? stored = await _predictors.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (stored is not null)
            {
                ILoadCandidate candidate = PredictorArchive.Unpack(stored, model.Name, model.Forecaster.Series);
                model.Forecaster.Serve(candidate, $"fitted before the restart, load accuracy {stored.Accuracy:0.0000}");
                LogRestored(stored.Candidate, stored.Accuracy);
            }
        }
        catch (DocumentException exception)
        {
            model.Forecaster.Serve(Smoothing.Default, exception.Message);
            LogRefusedPredictor(exception.Message);
        }
    }

    private void BeginFit()
    {
        if (_fit is null && _model!.Forecaster.IsFitDue)
        {
            LoadSeries series = _model.Forecaster.BeginFit();
            _fit = Task.Factory.StartNew(
                () => metrics.Measure(() => new CandidateFitter(_settings).Fit(series)),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    private async ValueTask AdoptFitAsync(CancellationToken cancellationToken)
    {
        if (_fit is not { IsCompleted: true } fit || _model is null)
        {
            return;
        }

        _fit = null;
        if (!fit.IsCompletedSuccessfully)
        {
            LogFitFailed(fit.Exception!.GetBaseException());
            return;
        }

        FitOutcome outcome = await fit.ConfigureAwait(false);
        _model.Forecaster.EndFit(outcome);
        metrics.Fitted(outcome);
        if (outcome.Missing.Count > 0 && !_saidMissing)
        {
            LogMissingCandidates(string.Join("; ", outcome.Missing));
            _saidMissing = true;
        }

        LogFitted(outcome.Best.Candidate.Name, outcome.Best.Accuracy, outcome.HeldOut);
        await _predictors.WriteAsync(PredictorArchive.Pack(_model.Name, _model.Shape, outcome), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ForecastDocument> PublishAsync(ModelPredictor model, CancellationToken cancellationToken)
    {
        _version ??= await ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        ForecastDocument forecast = model.Forecast(_version.Value + 1, _seen);
        await _forecasts.WriteAsync(forecast, cancellationToken).ConfigureAwait(false);
        _version = forecast.Version;
        metrics.CountForecast(forecast);
        await bus.PublishAsync(EventTopics.ExpertForecast, new VersionEvent(RegressionForecaster.Name, forecast.Version), cancellationToken)
            .ConfigureAwait(false);
        return forecast;
    }

    private async ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _forecasts.ReadAsync(cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        }
        catch (DocumentException exception)
        {
            LogRefusedForecast(exception.Message);
            return 0;
        }
    }
}
