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

/// <summary>Grouped-query attention with rotary positions.</summary>
public sealed record AttentionDescription
{
    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; query head i reads head i / (Heads / KvHeads).</summary>
    public required int KvHeads { get; init; }

    /// <summary>Values per head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Factor on the scores, mostly HeadSize^-0.5.</summary>
    public required float Scale { get; init; }

    /// <summary>Whether q, k, v and o have biases.</summary>
    public required bool Biases { get; init; }

    /// <summary>Whether each query and key head passes an RMS norm before the rotation.</summary>
    public required bool QueryKeyNorm { get; init; }

    /// <summary>The rotation.</summary>
    public required RopeDescription Rope { get; init; }
}

/// <summary>Rotary positions in the half-split form: pair (x_i, x_i+d/2) turns by position x Frequencies[i].</summary>
/// <param name="Frequencies">Radians per position of each pair, scaling already applied; d/2 values.</param>
/// <param name="AttentionFactor">Factor on cosine and sine (1 without yarn).</param>
public sealed record RopeDescription(IReadOnlyList<double> Frequencies, float AttentionFactor);

/// <summary>The feed-forward part of one layer.</summary>
public abstract record FeedForwardDescription;

/// <summary>One gated network for every token: down( silu(gate x) * up x ).</summary>
/// <param name="FfnSize">Width of the gated product.</param>
public sealed record DenseFeedForward(int FfnSize) : FeedForwardDescription;

/// <summary>A gate and experts.</summary>
public sealed record MoeFeedForward : FeedForwardDescription
{
    /// <summary>Experts E of the layer.</summary>
    public required int Experts { get; init; }

    /// <summary>Experts k that each token goes to.</summary>
    public required int TopK { get; init; }

    /// <summary>Width of one expert.</summary>
    public required int FfnSize { get; init; }

    /// <summary>How gate logits become choices and combine weights.</summary>
    public required GateKind Gate { get; init; }
}

/// <summary>Rules that turn router logits into chosen experts and combine weights.</summary>
public enum GateKind
{
    /// <summary>Softmax over all experts, the k largest, weights as they are.</summary>
    Softmax,

    /// <summary>Softmax over all experts, the k largest, weights divided by their sum.</summary>
    SoftmaxNormalized,
}
