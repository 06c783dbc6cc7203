namespace DaprMoE.LoadPredictor;

/// <summary>One way to forecast the loads of a window. Immutable: a forecast and a refit may run at once.</summary>
internal interface ILoadCandidate
{
    /// <summary>Its name in forecasts, logs and metrics.</summary>
    string Name { get; }

    /// <summary>Forecasts a window from those before it.</summary>
    /// <param name="series">The windows.</param>
    /// <param name="window">The window, kept or to come.</param>
    /// <param name="loads">
    /// Receives share x experts of each expert, [layers x experts], 0 or more, each layer's sum the number of experts.
    /// </param>
    void Forecast(LoadSeries series, int window, Span<float> loads);
}
