using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Patterns;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Writes spaces as a visible mark, may put one in front, and may cut before each.</summary>
internal sealed class MetaspacePreTokenizer(MetaspaceSettings settings) : IPreTokenizer
{
    private readonly SplitPreTokenizer _cut = new(new LiteralPattern(settings.Replacement), SplitBehavior.MergedWithNext, invert: false);

    public static MetaspacePreTokenizer Read(JsonField field) => new(MetaspaceSettings.Read(field));

    public Pieces Split(Pieces pieces)
    {
        AlignedTextBuilder text = new(pieces.Text);
        List<Piece> items = new(pieces.Items.Count);
        foreach (Piece piece in pieces.Items)
        {
            int start = text.Length;
            AppendMarked(pieces.Text, piece, text);
            items.Add(new Piece(start, text.Length - start));
        }

        Pieces marked = new(text.Build(), items);
        return settings.Split ? _cut.Split(marked) : marked;
    }

    private void AppendMarked(AlignedText from, Piece piece, AlignedTextBuilder text)
    {
        ReadOnlySpan<char> characters = from.Characters.Slice(piece.Start, piece.Length);
        bool wanted = settings.Scheme == PrependScheme.Always
            || (settings.Scheme == PrependScheme.First && piece.Start == 0 && from.Origin == 0);
        if (wanted && characters[0] != ' ' && !characters.StartsWith(settings.Replacement, StringComparison.Ordinal))
        {
            _ = Utf16.CodePointAt(characters, 0, out int length);
            text.Append(settings.Replacement, from.SourceOf(piece.Start, length));
        }

        for (int i = 0; i < piece.Length; i++)
        {
            if (characters[i] == ' ')
            {
                text.Append(settings.Replacement, from.SourceOf(piece.Start + i, 1));
            }
            else
            {
                text.AppendUnchanged(piece.Start + i, 1);
            }
        }
    }
}
