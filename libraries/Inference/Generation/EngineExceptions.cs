namespace DaprMoE.Inference;

/// <summary>A request is longer than the context.</summary>
public sealed class ContextOverflowException(int promptTokens, int maxTokens, int contextLength)
    : Exception($"The context holds {contextLength} tokens; the prompt takes {promptTokens} and max_tokens is {maxTokens}, together "
        + $"{(long)promptTokens + maxTokens}. Shorten the prompt or lower max_tokens.")
{
    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; } = promptTokens;

    /// <summary>Tokens asked for.</summary>
    public int MaxTokens { get; } = maxTokens;

    /// <summary>Tokens that fit.</summary>
    public int ContextLength { get; } = contextLength;
}

/// <summary>The queue is full; try again later.</summary>
public sealed class QueueFullException(int limit)
    : Exception($"{limit} requests wait already, which is as many as may. Try again later, or raise the queue limit.")
{
    /// <summary>Requests that may wait.</summary>
    public int Limit { get; } = limit;
}

/// <summary>The engine has stopped for good and takes no more requests.</summary>
/// <param name="fault">What stopped it.</param>
public sealed class EngineFailedException(Exception? fault)
    : Exception($"The engine has stopped and takes no more requests: {fault?.Message ?? "it was shut down."} Restart the server.", fault);
