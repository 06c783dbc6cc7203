namespace DaprMoE.Cli;

/// <summary>Says why an answer ends before its end.</summary>
internal static class CutAnswer
{
    public static string Line(AnswerUsage usage, int contextLength, SamplingChoice choice)
    {
        if (usage.TotalTokens >= contextLength)
        {
            return $"[cut: the context of {Quantity.Tokens(contextLength)} is full]";
        }

        string limit = choice.MaxTokens is null ? "the model's max_new_tokens; --max-tokens raises it" : "--max-tokens";
        return $"[cut after {Quantity.Tokens(usage.CompletionTokens)}: {limit}]";
    }
}
