namespace DaprMoE.Inference;

/// <summary>Refuses requests that an engine can't run.</summary>
internal static class RequestCheck
{
    /// <exception cref="ContextOverflowException">Prompt and MaxTokens do not fit the context.</exception>
    /// <exception cref="ArgumentException">No prompt, no tokens asked for, or a token that the vocabulary does not have.</exception>
    public static void ThrowIfInvalid(GenerationRequest request, int contextLength, int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Prompt.Count, nameof(request));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.MaxTokens, nameof(request));
        if ((long)request.Prompt.Count + request.MaxTokens > contextLength)
        {
            throw new ContextOverflowException(request.Prompt.Count, request.MaxTokens, contextLength);
        }

        foreach (int token in request.Prompt)
        {
            if ((uint)token >= (uint)vocabulary)
            {
                throw new ArgumentException($"Token {token} is not in the vocabulary, which has ids 0 to {vocabulary - 1}.", nameof(request));
            }
        }
    }
}
