using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>A fixed text. An empty one matches between all characters.</summary>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    public List<Piece> FindAll(ReadOnlySpan<char> text)
    {
        List<Piece> matches = [];
        for (int from = 0; from <= text.Length;)
        {
            int found = text[from..].IndexOf(literal, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            matches.Add(new Piece(from + found, literal.Length));
            from += found + (literal.Length > 0 ? literal.Length : LengthAt(text, from));
        }

        return matches;
    }

    private static int LengthAt(ReadOnlySpan<char> text, int position)
    {
        int length = 1;
        if (position < text.Length)
        {
            _ = Utf16.CodePointAt(text, position, out length);
        }

        return length;
    }
}
