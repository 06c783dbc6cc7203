namespace DaprMoE.Predictors;

/// <summary>What was trained for one model: networks for pairs of layers, the token table, and the report on held-out prompts.</summary>
public sealed class PredictorSet
{
    internal PredictorSet(MoeShape shape, IReadOnlyList<PairPredictors> pairs, TokenTable table, PredictorReport report)
    {
        Shape = shape;
        Pairs = pairs;
        Table = table;
        Report = report;
    }

    /// <summary>The model.</summary>
    public MoeShape Shape { get; }

    /// <summary>What was measured on held-out prompts, and what serves.</summary>
    public PredictorReport Report { get; }

    internal IReadOnlyList<PairPredictors> Pairs { get; }

    internal TokenTable Table { get; }

    internal PairPredictors? Find(int source, int target) => Pairs.FirstOrDefault(pair => pair.Pair == new LayerPair(source, target));
}

/// <summary>The networks of one pair of layers.</summary>
/// <param name="Pair">The layers.</param>
/// <param name="Gate">The gate that serves: tuned, or the untrained copy.</param>
/// <param name="Mlp">The two-layer network; null when none was trained.</param>
/// <param name="Best">Name of what serves as <see cref="PredictorNames.Speculative"/>.</param>
internal sealed record PairPredictors(LayerPair Pair, ServedNetwork Gate, ServedNetwork? Mlp, string Best);

/// <summary>A network and how it serves.</summary>
/// <param name="Weights">The network.</param>
/// <param name="Form">How loads come of its logits.</param>
/// <param name="IsTuned">Whether it was trained.</param>
/// <param name="BeatsConstants">
/// Whether it forecasts held-out loads better than the untrained copy, the training mean and the mean of the last 8; else the last serves.
/// </param>
internal sealed record ServedNetwork(NetworkWeights Weights, LoadForm Form, bool IsTuned, bool BeatsConstants);
