using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Patterns;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Cuts each piece at the matches of a pattern.</summary>
internal sealed class SplitPreTokenizer(ITextPattern pattern, SplitBehavior behavior, bool invert) : IPreTokenizer
{
    public static SplitPreTokenizer Read(JsonField field, LoadContext context)
    {
        ITextPattern pattern = PatternReader.Read(field, context);
        JsonField behavior = field.Required("behavior");
        if (!Enum.TryParse(behavior.String(), out SplitBehavior parsed) || !Enum.IsDefined(parsed))
        {
            throw behavior.Error($"{behavior.Shown} is unknown; it must be one of {string.Join(", ", Enum.GetNames<SplitBehavior>())}");
        }

        return new SplitPreTokenizer(pattern, parsed, field.Boolean("invert", absent: false));
    }

    public Pieces Split(Pieces pieces)
    {
        List<Piece> result = new(pieces.Items.Count * 2);
        foreach (Piece piece in pieces.Items)
        {
            List<Piece> matches = pattern.FindAll(pieces.CharactersOf(piece));
            PatternSplitter.Split(matches, piece.Start, piece.Length, behavior, invert, result);
        }

        return new Pieces(pieces.Text, result);
    }
}
