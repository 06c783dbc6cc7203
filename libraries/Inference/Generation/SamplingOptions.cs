namespace DaprMoE.Inference;

/// <summary>How a token is drawn from logits. The order is temperature, top_k, top_p, min_p.</summary>
public sealed record SamplingOptions
{
    /// <value>Divisor of the logits, 0 … 2; 0 takes the largest logit. The default is 0.</value>
    public float Temperature { get; init; }

    /// <value>Keep the smallest set of tokens whose probability reaches this, 0 … 1, above 0. The default is 1: all.</value>
    public float TopP { get; init; } = 1;

    /// <value>Keep the k most probable tokens; 0, the default: all.</value>
    public int TopK { get; init; }

    /// <value>Keep tokens with at least this share of the best one's probability, 0 … 1. The default is 0: all.</value>
    public float MinP { get; init; }

    /// <value>Key of the random numbers: the same request with the same seed gives the same tokens.</value>
    public ulong Seed { get; init; }
}
