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
        (_vocabulary, _prefix, _suffix, _unknown, _fuseUnknown, _byteTokens) = (vocabulary, prefix, suffix, unknown, fuseUnknown, byteTokens);
        for (int character = 0; character < DirectCount; character++)
        {
            _direct[character] = vocabulary.IdOf([(char)character]) ?? None;
        }
    }

    /// <summary>
    /// Adds the symbols of a piece. A character without a token, where there is no unknown token either, is dropped and its neighbours may
    /// join; the places of the following symbols do not count it. The reference library does so.
    /// </summary>
    public void Split(ReadOnlySpan<char> piece, SymbolList symbols)
    {
        bool lastUnknown = false;
        int kept = 0;
        for (int position = 0, length = 0; position < piece.Length; position += length)
        {
            int codePoint = Utf16.CodePointAt(piece, position, out length);
            int id = IdOf(piece, position, length);
            bool isUnknown = id == None && !TryAddBytes(codePoint, kept, length, symbols);
            if (id != None)
            {
                symbols.Add(id, kept, length);
            }
            else if (isUnknown && _unknown is { } unknown)
            {
                AddUnknown(unknown, kept, length, lastUnknown, symbols);
            }

            kept += isUnknown && _unknown is null ? 0 : length;
            lastUnknown = isUnknown;
        }
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

    /// <summary>The UTF-8 bytes of a character as tokens, if the vocabulary has all of them; each stands for the whole character.</summary>
    private bool TryAddBytes(int codePoint, int start, int length, SymbolList symbols)
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
            symbols.Add(_byteTokens[value], start, length);
        }

        return true;
    }

    private void AddUnknown(int unknown, int start, int length, bool lastUnknown, SymbolList symbols)
    {
        if (_fuseUnknown && lastUnknown)
        {
            symbols.LengthenLast(length);
        }
        else
        {
            symbols.Add(unknown, start, length);
        }
    }
}
