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
                text[i] = text[i] with { Offset = Trim(text[i], first: i == 0) };
            }
        }

        return texts;
    }

    private TextSpan Trim(TextToken token, bool first)
    {
        string text = token.Matched ?? tokens.TextOf(token.Id) ?? string.Empty;
        int leading = text.TakeWhile(IsSpace).Count();
        int trailing = text.Reverse().TakeWhile(IsSpace).Count();
        // A single space before the first word is the one that was put there: it has no place in the text.
        if (leading == 1 && addPrefixSpace && (first || token.Offset.Start == 0))
        {
            leading = 0;
        }

        int start = leading > 0 ? Math.Min(token.Offset.Start + leading, token.Offset.End) : token.Offset.Start;
        int end = trailing > 0 && token.Offset.End >= trailing ? Math.Max(token.Offset.End - trailing, start) : token.Offset.End;
        return new TextSpan(start, end);
    }

    private static bool IsSpace(char character) =>
        character == ByteAlphabet.CharacterOf((byte)' ') || CharacterClass.WhiteSpace.Contains(character);
}
