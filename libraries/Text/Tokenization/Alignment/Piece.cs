namespace DaprMoE.Text.Tokenization.Alignment;

/// <summary>A piece of a text, in UTF-16 units of the text as it is now.</summary>
internal readonly record struct Piece(int Start, int Length)
{
    public int End => Start + Length;
}
