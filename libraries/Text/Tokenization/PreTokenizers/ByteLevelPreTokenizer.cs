using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Patterns;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Writes each UTF-8 byte as a character of the byte alphabet; before that may put a space in front and cut as GPT-2 does.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, ITextPattern? pattern) : IPreTokenizer
{
    private const string Gpt2Expression = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static ByteLevelPreTokenizer Read(JsonField field)
    {
        bool useRegex = field.Boolean("use_regex", absent: true);
        _ = field.Boolean("trim_offsets", absent: true);
        return new ByteLevelPreTokenizer(
            field.Boolean("add_prefix_space", absent: true), useRegex ? new RegexPattern(Gpt2Expression, field.File, field.Path) : null);
    }

    public Pieces Split(Pieces pieces)
    {
        Pieces prefixed = addPrefixSpace ? AddPrefixSpaces(pieces) : pieces;
        Pieces cut = pattern is null ? prefixed : new SplitPreTokenizer(pattern, SplitBehavior.Isolated, invert: false).Split(prefixed);
        return ToByteAlphabet(cut);
    }

    private static Pieces AddPrefixSpaces(Pieces pieces)
    {
        AlignedTextBuilder text = new(pieces.Text);
        List<Piece> items = new(pieces.Items.Count);
        foreach (Piece piece in pieces.Items)
        {
            int start = text.Length;
            if (pieces.CharactersOf(piece)[0] != ' ')
            {
                _ = Utf16.CodePointAt(pieces.CharactersOf(piece), 0, out int length);
                text.Append(' ', pieces.Text.SourceOf(piece.Start, length));
            }

            text.AppendUnchanged(piece.Start, piece.Length);
            items.Add(new Piece(start, text.Length - start));
        }

        return new Pieces(text.Build(), items);
    }

    private static Pieces ToByteAlphabet(Pieces pieces)
    {
        AlignedTextBuilder text = new(pieces.Text);
        List<Piece> items = new(pieces.Items.Count);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Piece piece in pieces.Items)
        {
            int start = text.Length;
            for (int i = piece.Start; i < piece.End;)
            {
                int codePoint = Utf16.CodePointAt(pieces.Text.Characters, i, out int length);
                SourceSpan source = pieces.Text.SourceOf(i, length);
                foreach (byte value in bytes[..new System.Text.Rune(codePoint).EncodeToUtf8(bytes)])
                {
                    text.Append(ByteAlphabet.CharacterOf(value), source);
                }

                i += length;
            }

            items.Add(new Piece(start, text.Length - start));
        }

        return new Pieces(text.Build(), items);
    }
}
