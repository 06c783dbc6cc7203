using System.Text;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>The first step of byte-pair encoding: a token for each character, with the rules for characters that have none.</summary>
internal sealed class SymbolAlphabet
{
    private const int DirectCount = 0x200;
    private const int None = -1;

    private readonly Vocabulary _vocabulary;
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int? _unknown;
    private readonly bool _fuseUnknown;
    private readonly int[]? _byteTokens;
    private readonly int[] _direct = new int[DirectCount];

    public SymbolAlphabet(Vocabulary vocabulary, string prefix, string suffix, int? unknown, bool fuseUnknown, int[]? byteTokens)
    {
        (_vocabulary, _prefix, _suffix) = (vocabulary, prefix, suffix);
        (_unknown, _fuseUnknown, _byteTokens) = (unknown, fuseUnknown, byteTokens);
        for (int character = 0; character < DirectCount; character++)
        {
            _direct[character] = vocabulary.IdOf([(char)character]) ?? None;
        }
    }

    /// <summary>Whether lengths of symbols are in UTF-8 bytes instead of UTF-16 units: bytes of a character may be tokens.</summary>
    public bool CountsBytes => _byteTokens is not null;

    /// <summary>
    /// Adds the symbols of a piece, as the reference library does: an unknown token is held back until the next known character or the next
    /// unknown one, so byte tokens may overtake it; a character without a token, where there is no unknown token either, is dropped, its
    /// neighbours may join, and the places of those after it do not count it.
    /// </summary>
    public void Split(ReadOnlySpan<char> piece, SymbolList symbols)
    {
        int unknownLength = 0;
        for (int position = 0, length = 0; position < piece.Length; position += length)
        {
            int codePoint = Utf16.CodePointAt(piece, position, out length);
            int counted = CountsBytes ? new Rune(codePoint).Utf8SequenceLength : length;
            int id = IdOf(piece, position, length);
            if (id != None)
            {
                AddUnknown(symbols, ref unknownLength);
                symbols.Add(id, counted);
            }
            else if (!TryAddBytes(codePoint, symbols) && _unknown is not null)
            {
                if (!_fuseUnknown)
                {
                    AddUnknown(symbols, ref unknownLength);
                }

                unknownLength += counted;
            }
        }

        AddUnknown(symbols, ref unknownLength);
    }

    private int IdOf(ReadOnlySpan<char> piece, int start, int length)
    {
        bool prefixed = _prefix.Length > 0 && start > 0;
        bool suffixed = _suffix.Length > 0 && start + length == piece.Length;
        if (!prefixed && !suffixed)
        {
            return length == 1 && piece[start] < DirectCount ? _direct[piece[start]] : _vocabulary.IdOf(piece.Slice(start, length)) ?? None;
        }

        string text = string.Concat(prefixed ? _prefix : string.Empty, piece.Slice(start, length), suffixed ? _suffix : string.Empty);
        return _vocabulary.IdOf(text) ?? None;
    }

    /// <summary>Adds the UTF-8 bytes of a character as tokens, if the vocabulary has all of them.</summary>
    private bool TryAddBytes(int codePoint, SymbolList symbols)
    {
        if (_byteTokens is null)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..new Rune(codePoint).EncodeToUtf8(bytes)];
        foreach (byte value in bytes)
        {
            if (_byteTokens[value] == None)
            {
                return false;
            }
        }

        foreach (byte value in bytes)
        {
            symbols.Add(_byteTokens[value], 1);
        }

        return true;
    }

    private void AddUnknown(SymbolList symbols, ref int length)
    {
        if (length > 0)
        {
            symbols.Add(_unknown!.Value, length);
            length = 0;
        }
    }
}
