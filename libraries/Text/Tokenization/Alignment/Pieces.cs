namespace DaprMoE.Text.Tokenization.Alignment;

/// <summary>A text and the pieces into which pre-tokenizers have cut it; each piece goes to the model on its own.</summary>
internal sealed class Pieces(AlignedText text, List<Piece> items)
{
    public AlignedText Text => text;

    public List<Piece> Items => items;

    /// <summary>The whole text as one piece, none if it is empty.</summary>
    public static Pieces Whole(AlignedText text) => new(text, text.Length == 0 ? [] : [new Piece(0, text.Length)]);

    public ReadOnlySpan<char> CharactersOf(Piece piece) => text.Characters.Slice(piece.Start, piece.Length);
}
