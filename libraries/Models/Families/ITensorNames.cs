namespace DaprMoE.Models;

/// <summary>How a family calls its tensors. Names of projections lack the ending <c>.weight</c> or <c>.bias</c>.</summary>
internal interface ITensorNames
{
    /// <summary>The embedding [V, H].</summary>
    string Embedding { get; }

    /// <summary>The norm before the output matrix.</summary>
    string FinalNorm { get; }

    /// <summary>The output matrix [V, H].</summary>
    string Output { get; }

    /// <summary>The tensors of a layer but its experts'.</summary>
    LayerTensorNames Layer(int layer);

    /// <summary>The tensors of an expert.</summary>
    GatedTensorNames Expert(int layer, int expert);
}

/// <summary>Names of one layer's tensors, without <c>.weight</c> or <c>.bias</c>.</summary>
internal sealed record LayerTensorNames
{
    public required string InputNorm { get; init; }

    public required string PostAttentionNorm { get; init; }

    public required string Query { get; init; }

    public required string Key { get; init; }

    public required string Value { get; init; }

    public required string AttentionOutput { get; init; }

    public required string QueryNorm { get; init; }

    public required string KeyNorm { get; init; }

    public required string Gate { get; init; }

    public required GatedTensorNames Dense { get; init; }
}

/// <summary>Names of a gated network's matrices, without <c>.weight</c>.</summary>
internal readonly record struct GatedTensorNames(string Gate, string Up, string Down);
