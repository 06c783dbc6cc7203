using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Views of all weights but the experts', in kernel order, valid while the packed model is open.</summary>
public sealed class ModelWeights
{
    /// <summary>The embedding table, row-major.</summary>
    public required RowTable Embedding { get; init; }

    /// <summary>The norm before the output matrix, H values.</summary>
    public required VectorView FinalNorm { get; init; }

    /// <summary>The output matrix [V, H].</summary>
    public required PackedMatrix Output { get; init; }

    /// <summary>The layers, in order.</summary>
    public required IReadOnlyList<LayerWeights> Layers { get; init; }
}

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

/// <summary>A matrix and its bias (empty: none).</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Bias">One value per output.</param>
public readonly record struct Projection(PackedMatrix Matrix, VectorView Bias);

/// <summary>
/// Weights of a gated network, in one range. <c>GateUp</c> holds panels of gate and up in turn (panel 2i gate, panel 2i + 1 up),
/// so that its <c>Outputs</c> is 2 x the ffn size padded to whole panels.
/// </summary>
/// <param name="GateUp">Gate and up projections, [2 x padded F, H].</param>
/// <param name="Down">Down projection [H, F].</param>
public readonly record struct GatedWeights(PackedMatrix GateUp, PackedMatrix Down);

/// <summary>A vector of f32 values.</summary>
/// <param name="Data">Address of the first value; 0 when there is none.</param>
/// <param name="Length">Values.</param>
public readonly record struct VectorView(nint Data, int Length)
{
    /// <summary>Whether there is a vector.</summary>
    public bool IsPresent => Data != 0;
}

/// <summary>A row-major table of stored values.</summary>
/// <param name="Data">Address of the first row.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Values per row.</param>
/// <param name="Type">Stored format.</param>
public readonly record struct RowTable(nint Data, int Rows, int Columns, DType Type);
