namespace DaprMoE.Gateway;

/// <summary>Turns the prompt of a completion into token ids.</summary>
internal static class CompletionPrompt
{
    /// <summary>Encodes a text with the special tokens that the tokenizer puts around one, or checks ids.</summary>
    /// <exception cref="ApiException">An id is not in the vocabulary, or nothing is left to start from.</exception>
    public static int[] Encode(ServedModel model, PromptInput prompt, CancellationToken cancellationToken)
    {
        int[] ids = prompt.Text is { } text
            ? PromptText.Encode(model, "prompt", text, addSpecialTokens: true, cancellationToken)
            : TokenIds.Check("prompt", prompt.Ids, model);
        return ids.Length > 0 ? ids : throw ApiErrors.InvalidValue("prompt", "a text without tokens", "a text with at least one token");
    }
}
