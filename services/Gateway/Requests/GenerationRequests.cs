using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>Completes what a request asks for by the model's defaults.</summary>
internal static class GenerationRequests
{
    /// <summary>What the engine is asked for.</summary>
    /// <param name="parameters">What the client asks for.</param>
    /// <param name="prompt">Token ids.</param>
    /// <param name="model">The model.</param>
    /// <param name="random">Seeds of requests that name none.</param>
    /// <param name="id">Id of the request.</param>
    /// <exception cref="ContextOverflowException">The prompt leaves no place for a token.</exception>
    public static GenerationRequest Create(
        GenerationParameters parameters, int[] prompt, ServedModel model, IRandomSource random, string id) => new()
        {
            RequestId = id,
            Prompt = prompt,
            MaxTokens = parameters.MaxCompletionTokens ?? parameters.MaxTokens ?? DefaultMaxTokens(prompt.Length, model),
            Sampling = Sampling(parameters, model.Defaults, random),
            EndTokens = parameters.IgnoreEos ? [] : model.Defaults.EndTokens,
        };

    private static int DefaultMaxTokens(int promptTokens, ServedModel model)
    {
        int contextLength = model.Engine.Info.ContextLength;
        int left = contextLength - promptTokens;
        return left > 0
            ? Math.Min(left, model.Defaults.MaxNewTokens ?? left)
            : throw new ContextOverflowException(promptTokens, maxTokens: 1, contextLength);
    }

    private static SamplingOptions Sampling(GenerationParameters parameters, GenerationDefaults defaults, IRandomSource random) => new()
    {
        Temperature = parameters.Temperature ?? defaults.Temperature,
        TopP = parameters.TopP ?? defaults.TopP,
        TopK = parameters.TopK ?? defaults.TopK,
        MinP = parameters.MinP ?? defaults.MinP,
        Seed = parameters.Seed is { } seed ? unchecked((ulong)seed) : random.Next(),
    };
}
