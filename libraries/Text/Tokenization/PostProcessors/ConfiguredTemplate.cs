using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>
/// Some tokenizer classes ignore the post-processor of tokenizer.json and add the tokens that tokenizer_config.json asks for.
/// </summary>
internal static class ConfiguredTemplate
{
    public static IPostProcessor? Replace(IPostProcessor? fromFile, TokenizerConfig config, LoadContext context)
    {
        if (!config.ReplacesTemplate)
        {
            return fromFile;
        }

        int[] begin = config.AddBeginToken ? [Find("bos_token", config, context)] : [];
        int[] end = config.AddEndToken ? [Find("eos_token", config, context)] : [];
        TemplatePiece[] single = [.. PiecesOf(0, begin, end)];
        return new TemplateProcessor(single, [.. single, .. PiecesOf(1, begin, end)]);
    }

    private static IEnumerable<TemplatePiece> PiecesOf(int text, int[] begin, int[] end) =>
        [new(null, begin, text), new(text, [], text), new(null, end, text)];

    private static int Find(string name, TokenizerConfig config, LoadContext context)
    {
        if (!config.SpecialTokens.TryGetValue(name, out string? token))
        {
            throw new TokenizerException(context.File, name, "tokenizer_config.json wants it added but does not name it");
        }

        return context.Tokens.IdOf(token)
            ?? throw new TokenizerException(context.File, name, $"\"{token}\" of tokenizer_config.json is not in the vocabulary");
    }
}
