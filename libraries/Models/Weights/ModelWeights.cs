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
