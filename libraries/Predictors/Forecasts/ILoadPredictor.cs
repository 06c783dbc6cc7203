namespace DaprMoE.Predictors;

/// <summary>
/// Forecasts the loads of MoE layers, iteration by iteration. One caller at a time: the engine's thread. Nothing allocates after creation.
/// </summary>
public interface ILoadPredictor : IDisposable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Forecasts the loads of a layer in the running iteration.</summary>
    /// <param name="input">What is known by now.</param>
    /// <param name="loads">Receives the tokens expected at each expert; they add up to rows x k.</param>
    /// <returns>What the forecast rests on: a predictor that can't use the input falls back and says so.</returns>
    /// <exception cref="ArgumentException">The layer has no experts, or a span does not fit.</exception>
    ForecastBasis Forecast(in ForecastInput input, Span<float> loads);

    /// <summary>Tells what really came.</summary>
    /// <param name="layer">The layer's number in the model.</param>
    /// <param name="loads">Tokens of each expert in one iteration.</param>
    void Observe(int layer, ReadOnlySpan<int> loads);
}

/// <summary>What is known before a layer runs.</summary>
public readonly ref struct ForecastInput
{
    /// <summary>The layer whose loads are asked for, by its number in the model.</summary>
    public required int Layer { get; init; }

    /// <summary>Rows t of the iteration, 1 or more.</summary>
    public required int Rows { get; init; }

    /// <summary>The layer whose gate input is known; without one it does not matter.</summary>
    public int Source { get; init; }

    /// <summary>The gate input of <see cref="Source"/>, [t, H]; empty when there is none yet.</summary>
    public ReadOnlySpan<float> GateInput { get; init; }

    /// <summary>The token id of each row, [t]; empty when not known.</summary>
    public ReadOnlySpan<int> Tokens { get; init; }

    /// <summary>
    /// Receives the experts foreseen for each row, [t, k], likeliest first; empty when they are not wanted. A forecast from history fills them with -1.
    /// </summary>
    public Span<int> Choices { get; init; }
}
