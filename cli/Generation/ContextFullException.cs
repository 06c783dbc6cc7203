using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>A prompt, and the answer asked for, are longer than the context.</summary>
/// <param name="overflow">What the engine found.</param>
/// <param name="asked">Tokens asked for by <c>--max-tokens</c>, if they were.</param>
internal sealed class ContextFullException(ContextOverflowException overflow, int? asked) : Exception(Explain(overflow, asked), overflow)
{
    private static string Explain(ContextOverflowException overflow, int? asked)
    {
        string prompt = $"The prompt has {Quantity.Tokens(overflow.PromptTokens)}";
        return asked is { } tokens
            ? $"{prompt} and --max-tokens asks for {tokens} more; the context holds {overflow.ContextLength}. "
                + "Shorten the prompt or lower --max-tokens."
            : $"{prompt}; the context holds {overflow.ContextLength} and needs room for an answer. Shorten the prompt.";
    }
}
