using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.AddedTokens;

/// <summary>Cuts a text into added tokens and the stretches between them, by the tokens' flags.</summary>
internal sealed class AddedTokenMatcher(AddedTokenTrie trie)
{
    /// <summary>The parts of the text in order, without empty ones.</summary>
    public List<TextPart> Split(ReadOnlySpan<char> text, bool specialAsText)
    {
        List<TextPart> parts = [];
        int done = 0;
        int search = 0;
        while (trie.TryFind(text, ref search, out int length, out AddedToken? token))
        {
            (int start, int end) = (search, search + length);
            search = end;
            if ((specialAsText && token!.Special) || (token!.SingleWord && TouchesWord(text, start, end)))
            {
                continue;
            }

            (start, end) = TakeInWhiteSpace(text, token, start, end, done);
            // White space that the token before has taken in may have been the beginning of this one.
            if (start < done)
            {
                continue;
            }

            AddStretch(parts, done, start);
            parts.Add(new TextPart(start, end - start, token));
            done = end;
        }

        AddStretch(parts, done, text.Length);
        return parts;
    }

    private static void AddStretch(List<TextPart> parts, int start, int end)
    {
        if (start < end)
        {
            parts.Add(new TextPart(start, end - start, Token: null));
        }
    }

    private static bool TouchesWord(ReadOnlySpan<char> text, int start, int end) =>
        (start > 0 && CharacterClass.Word.Contains(Utf16.CodePointBefore(text, start, out _)))
        || (end < text.Length && CharacterClass.Word.Contains(Utf16.CodePointAt(text, end, out _)));

    private static (int Start, int End) TakeInWhiteSpace(ReadOnlySpan<char> text, AddedToken token, int start, int end, int done)
    {
        while (token.LeftStrip && start > done && CharacterClass.WhiteSpace.Contains(text[start - 1]))
        {
            start--;
        }

        while (token.RightStrip && end < text.Length && CharacterClass.WhiteSpace.Contains(text[end]))
        {
            end++;
        }

        return (start, end);
    }
}
