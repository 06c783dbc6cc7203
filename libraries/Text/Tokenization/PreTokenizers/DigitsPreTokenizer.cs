using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Cuts off numbers (of every kind, not only 0 to 9), each by itself or neighbouring ones together.</summary>
internal sealed class DigitsPreTokenizer(bool individual) : IPreTokenizer
{
    public Pieces Split(Pieces pieces)
    {
        SplitBehavior behavior = individual ? SplitBehavior.Isolated : SplitBehavior.Contiguous;
        List<Piece> result = new(pieces.Items.Count * 2);
        foreach (Piece piece in pieces.Items)
        {
            PatternSplitter.Split(FindDigits(pieces.CharactersOf(piece)), piece.Start, piece.Length, behavior, invert: false, result);
        }

        return new Pieces(pieces.Text, result);
    }

    private static List<Piece> FindDigits(ReadOnlySpan<char> text)
    {
        List<Piece> digits = [];
        for (int i = 0; i < text.Length;)
        {
            if (CharacterClass.Number.Contains(Utf16.CodePointAt(text, i, out int length)))
            {
                digits.Add(new Piece(i, length));
            }

            i += length;
        }

        return digits;
    }
}
