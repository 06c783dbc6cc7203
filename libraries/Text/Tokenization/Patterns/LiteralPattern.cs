using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>A fixed text. An empty one never matches.</summary>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    public List<Piece> FindAll(ReadOnlySpan<char> text)
    {
        List<Piece> matches = [];
        int from = 0;
        while (literal.Length > 0 && text[from..].IndexOf(literal, StringComparison.Ordinal) is var found and >= 0)
        {
            matches.Add(new Piece(from + found, literal.Length));
            from += found + literal.Length;
        }

        return matches;
    }
}
