using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Something that is looked for in a text.</summary>
internal interface ITextPattern
{
    /// <summary>All matches from left to right, without overlaps. Matches may be empty.</summary>
    List<Piece> FindAll(ReadOnlySpan<char> text);
}
