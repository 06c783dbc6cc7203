using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>Leaves the tokens as they are; may take the white space at a token's ends out of its offsets.</summary>
internal sealed class ByteLevelPostProcessor(TokenTable tokens, bool addPrefixSpace, bool trimOffsets) : IPostProcessor
{
    public static ByteLevelPostProcessor Read(JsonField field, LoadContext context)
    {
        _ = field.Boolean("use_regex", absent: true);
        return new ByteLevelPostProcessor(
            context.Tokens, field.Boolean("add_prefix_space", absent: true), field.Boolean("trim_offsets", absent: true));
    }

    public IReadOnlyList<List<TextToken>> Process(IReadOnlyList<List<TextToken>> texts, bool addSpecialTokens)
    {
        foreach (List<TextToken> text in trimOffsets ? texts : [])
        {
            for (int i = 0; i < text.Count; i++)
            {
                text[i] = text[i] with { Source = Trim(text[i], first: i == 0) };
            }
        }

        return texts;
    }

    private SourceSpan Trim(TextToken token, bool first)
    {
        string text = tokens.TextOf(token.Id) ?? string.Empty;
        int leading = text.TakeWhile(IsSpace).Count();
        int trailing = text.Reverse().TakeWhile(IsSpace).Count();
        // The space that was put before the text has no place in it.
        if (leading > 0 && addPrefixSpace && (first || token.Source.Start == 0))
        {
            leading--;
        }

        int start = leading > 0 ? Math.Min(token.Source.Start + leading, token.Source.End) : token.Source.Start;
        int end = trailing > 0 && token.Source.End >= trailing ? Math.Max(token.Source.End - trailing, start) : token.Source.End;
        return new SourceSpan(start, end);
    }

    private static bool IsSpace(char character) =>
        character == ByteAlphabet.CharacterOf((byte)' ') || CharacterClass.WhiteSpace.Contains(character);
}
