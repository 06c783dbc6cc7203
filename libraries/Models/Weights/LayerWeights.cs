using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Weights of one layer but its experts'.</summary>
public sealed class LayerWeights
{
    /// <summary>Norm before attention.</summary>
    public required VectorView InputNorm { get; init; }

    /// <summary>Norm before the feed-forward part.</summary>
    public required VectorView PostAttentionNorm { get; init; }

    /// <summary>Query projection [heads x head size, H].</summary>
    public required Projection Query { get; init; }

    /// <summary>Key projection.</summary>
    public required Projection Key { get; init; }

    /// <summary>Value projection.</summary>
    public required Projection Value { get; init; }

    /// <summary>Attention's output projection [H, heads x head size].</summary>
    public required Projection AttentionOutput { get; init; }

    /// <summary>Norm of each query head; empty where the family has none.</summary>
    public required VectorView QueryNorm { get; init; }

    /// <summary>Norm of each key head; empty where the family has none.</summary>
    public required VectorView KeyNorm { get; init; }

    /// <summary>The gate [E, H] of a MoE layer.</summary>
    public PackedMatrix? Gate { get; init; }

    /// <summary>The network of a dense layer.</summary>
    public GatedWeights? Dense { get; init; }
}
