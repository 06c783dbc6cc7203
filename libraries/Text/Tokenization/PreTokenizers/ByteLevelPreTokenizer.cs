using System.Text;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Patterns;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>
/// Writes each UTF-8 byte as a character of the byte alphabet; before that may put a space in front and cut as GPT-2 does.
/// </summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, ITextPattern? pattern) : IPreTokenizer
{
    private const int AsciiCount = 0x80;

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
        ReadOnlySpan<char> characters = pieces.Text.Characters;
        AlignedTextBuilder text = new(pieces.Text, Encoding.UTF8.GetByteCount(characters));
        List<Piece> items = new(pieces.Items.Count);
        foreach (Piece piece in pieces.Items)
        {
            int start = text.Length;
            for (int i = piece.Start; i < piece.End;)
            {
                int length = 1;
                if (characters[i] < AsciiCount)
                {
                    text.Append(ByteAlphabet.CharacterOf((byte)characters[i]), pieces.Text.Tracked ? pieces.Text.SourceOf(i, 1) : default);
                }
                else
                {
                    length = AppendBytes(pieces.Text, i, text);
                }

                i += length;
            }

            items.Add(new Piece(start, text.Length - start));
        }

        return new Pieces(text.Build(), items);
    }

    /// <summary>Adds the bytes of one code point, each of which stands for all of it; returns its length.</summary>
    private static int AppendBytes(AlignedText from, int position, AlignedTextBuilder text)
    {
        Span<byte> bytes = stackalloc byte[4];
        int codePoint = Utf16.CodePointAt(from.Characters, position, out int length);
        SourceSpan source = from.Tracked ? from.SourceOf(position, length) : default;
        foreach (byte value in bytes[..new Rune(codePoint).EncodeToUtf8(bytes)])
        {
            text.Append(ByteAlphabet.CharacterOf(value), source);
        }

        return length;
    }
}
