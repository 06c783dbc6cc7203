using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>The model whose windows come in, and its predictor.</summary>
internal sealed class ModelPredictor(string name, LayerShape shape, FitSettings settings)
{
    /// <summary>Characters of a reason; a fault of a library can be long.</summary>
    private const int LongestReason = 250;

    public string Name => name;

    public LayerShape Shape => shape;

    public RegressionForecaster Forecaster { get; } = new(shape, settings);

    /// <summary>Whether a predictor of before a restart has still to be looked for: once features can be made.</summary>
    public bool IsToRestore
    {
        get => field && Forecaster.Series.Count > FeatureMaker.Before;
        set;
    } = true;

    public bool Serves(LoadWindow window) => window.Model == name && window.Shape == shape;

    public ForecastDocument Forecast(long version, long windowVersion)
    {
        float[] loads = new float[shape.Count];
        ServedForecast by = Forecaster.Forecast(loads);
        LoadSeries series = Forecaster.Series;
        float perExpert = series.Count == 0 ? 0 : series[series.Next - 1].Assignments / shape.Experts;
        foreach (ref float load in loads.AsSpan())
        {
            load *= perExpert;
        }

        return new ForecastDocument
        {
            Version = version,
            Model = name,
            WindowVersion = windowVersion,
            Predictor = by.Predictor,
            Reason = by.Reason[..Math.Min(by.Reason.Length, LongestReason)],
            Shape = shape,
            Loads = loads,
        };
    }
}
