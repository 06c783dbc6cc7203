namespace DaprMoE.Dashboard;

/// <summary>What was expected of the layers beside what came.</summary>
/// <param name="Layers">One entry per layer with experts.</param>
public sealed record ForecastView(IReadOnlyList<LayerForecast> Layers)
{
    /// <summary>Mean load accuracy of the layers, 0 to 1; null without layers.</summary>
    public double? Accuracy => Layers.Count == 0 ? null : Layers.Average(layer => layer.Accuracy);
}

/// <summary>What was expected of a layer beside what came.</summary>
/// <param name="Layer">The layer's number in the model.</param>
/// <param name="Predictor">Whose forecast it is.</param>
/// <param name="Expected">Share of the layer's tokens that each expert was to get; adds up to 1.</param>
/// <param name="Actual">Share that each got; adds up to 1.</param>
/// <param name="Accuracy">Load accuracy, 1 less half the summed differences: 0 to 1.</param>
public sealed record LayerForecast(
    int Layer, string Predictor, IReadOnlyList<double> Expected, IReadOnlyList<double> Actual, double Accuracy);
