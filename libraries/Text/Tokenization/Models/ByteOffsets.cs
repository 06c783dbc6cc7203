using System.Text;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>
/// Turns places in UTF-8 bytes to places in UTF-16 units: a token made of some bytes of a character stands for all of it.
/// </summary>
internal static class ByteOffsets
{
    public static void ToUnits(ReadOnlySpan<char> piece, Span<ModelToken> tokens)
    {
        (int First, int End)[] characters = FindCharacters(piece);
        foreach (ref ModelToken token in tokens)
        {
            int start = characters[token.Start].First;
            token = token with { Start = start, Length = characters[token.Start + token.Length - 1].End - start };
        }
    }

    /// <summary>For each byte of the piece the units of its character.</summary>
    private static (int First, int End)[] FindCharacters(ReadOnlySpan<char> piece)
    {
        (int First, int End)[] characters = new (int First, int End)[Encoding.UTF8.GetByteCount(piece)];
        int done = 0;
        for (int position = 0, length = 0; position < piece.Length; position += length)
        {
            int count = new Rune(Utf16.CodePointAt(piece, position, out length)).Utf8SequenceLength;
            characters.AsSpan(done, count).Fill((position, position + length));
            done += count;
        }

        return characters;
    }
}
