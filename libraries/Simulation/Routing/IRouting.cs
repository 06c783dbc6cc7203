namespace DaprMoE.Simulation;

/// <summary>
/// Which experts the tokens of each iteration go to. Deterministic: the same settings, seed and batches give the same loads.
/// </summary>
internal interface IRouting
{
    /// <summary>MoE layers.</summary>
    int Layers { get; }

    /// <summary>Experts of a layer.</summary>
    int Experts { get; }

    /// <summary>Experts per token.</summary>
    int TopK { get; }

    /// <summary>Goes on to the next iteration, which computes <paramref name="batch"/>.</summary>
    /// <returns>False when there is no further iteration (a recording ends).</returns>
    bool MoveNext(Batch batch);

    /// <summary>Tokens per expert of a layer in the current iteration; valid until the next one.</summary>
    ReadOnlySpan<int> Loads(int layer);

    /// <summary>
    /// Tokens that a predictor expected at each expert of a layer in the current iteration, before it ran; empty where nothing was recorded.
    /// </summary>
    ReadOnlySpan<float> Forecast(int layer) => [];

    /// <summary>Older traffic over the same experts: what plans are made from before the first iteration.</summary>
    /// <param name="iterations">How many iterations are asked for.</param>
    IRouting Older(int iterations);
}
