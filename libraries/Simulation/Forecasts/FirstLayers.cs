namespace DaprMoE.Simulation;

/// <summary>
/// The forecast of a model's first layers, which no layer comes before: the loads of the previous iteration, scaled to the tokens of the
/// coming one, whose number is known.
/// </summary>
/// <param name="layers">How many layers are forecast so.</param>
/// <param name="experts">Experts of a layer.</param>
internal sealed class FirstLayers(int layers, int experts)
{
    private readonly double[][] _previous = [.. Enumerable.Range(0, layers).Select(_ => new double[experts])];

    public bool Has(int layer) => layer < layers;

    /// <summary>Writes the forecast of a layer and remembers what comes.</summary>
    /// <param name="layer">One of the first layers.</param>
    /// <param name="loads">What comes.</param>
    /// <param name="forecast">Receives tokens of each expert.</param>
    /// <returns>False before any traffic.</returns>
    public bool TryForecast(int layer, ReadOnlySpan<int> loads, Span<double> forecast)
    {
        double[] previous = _previous[layer];
        double before = 0;
        double coming = 0;
        for (int expert = 0; expert < loads.Length; expert++)
        {
            before += previous[expert];
            coming += loads[expert];
        }

        for (int expert = 0; expert < loads.Length; expert++)
        {
            forecast[expert] = before > 0 ? previous[expert] * (coming / before) : 0;
            previous[expert] = loads[expert];
        }

        return before > 0;
    }
}
