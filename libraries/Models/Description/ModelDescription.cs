namespace DaprMoE.Models;

/// <summary>
/// What a checkpoint computes, in terms of the variations that the one forward pass is composed of.
/// A family (<c>config.json</c>'s <c>model_type</c>) maps its keys and tensor names to this.
/// </summary>
public sealed record ModelDescription
{
    /// <summary>The family's name, e.g. <c>qwen3_moe</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Width H of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Entries of the vocabulary (rows of the embedding).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Longest sequence in tokens that the model was made for.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Epsilon of the RMS norms.</summary>
    public required float NormEpsilon { get; init; }

    /// <summary>Whether the output matrix is the embedding.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>Attention, alike in every layer.</summary>
    public required AttentionDescription Attention { get; init; }

    /// <summary>The feed-forward part of each layer, in order.</summary>
    public required IReadOnlyList<FeedForwardDescription> Layers { get; init; }

    /// <summary>Tokens that end a text unless a request says otherwise.</summary>
    public required IReadOnlyList<int> EndTokens { get; init; }
}
