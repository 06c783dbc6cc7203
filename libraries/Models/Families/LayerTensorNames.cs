namespace DaprMoE.Models;

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
