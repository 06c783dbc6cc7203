namespace DaprMoE.Gateway;

/// <summary>
/// What a request gets where it says nothing: the values of the checkpoint's <c>generation_config.json</c>; where that is silent,
/// temperature 1, top_p 1 and no other limits, as OpenAI's API has it. <c>do_sample</c> has no effect, as in vLLM.
/// </summary>
public sealed record GenerationDefaults
{
    /// <value>Temperature, 0 … 2. The default is 1.</value>
    public float Temperature { get; init; } = 1;

    /// <value>top_p, above 0, up to 1. The default is 1.</value>
    public float TopP { get; init; } = 1;

    /// <value>top_k; 0, the default: all.</value>
    public int TopK { get; init; }

    /// <value>min_p, 0 … 1. The default is 0.</value>
    public float MinP { get; init; }

    /// <value>Tokens to generate at most; null, the default: what the context still holds.</value>
    public int? MaxNewTokens { get; init; }

    /// <value>Tokens that end a text. The default is none.</value>
    public IReadOnlyList<int> EndTokens { get; init; } = [];
}
