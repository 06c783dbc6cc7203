namespace DaprMoE.Inference;

/// <summary>One sequence to continue.</summary>
public sealed record GenerationRequest
{
    /// <summary>Token ids to start from; at least one.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>Most tokens to generate; at least 1. Prompt and this together must fit the engine's context.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>How tokens are drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Tokens that end the text (finish reason stop); they are not handed out.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>Which of several choices for one prompt this is; a key of the random numbers.</summary>
    public int Choice { get; init; }

    /// <summary>Id of the request that the sequence belongs to, for observers; null for none.</summary>
    public string? RequestId { get; init; }
}
