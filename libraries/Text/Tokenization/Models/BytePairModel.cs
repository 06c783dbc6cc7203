using System.Runtime.InteropServices;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>Byte-pair encoding by rank, with a cache of pieces seen before.</summary>
internal sealed class BytePairModel(Vocabulary vocabulary, SymbolAlphabet alphabet, MergeTable merges, bool ignoreMerges) : IModel
{
    private readonly PieceCache _cache = new();

    [ThreadStatic]
    private static BytePairMerger? _merger;

    public void Tokenize(ReadOnlySpan<char> piece, List<ModelToken> tokens)
    {
        // With ignore_merges a whole piece counts even if no merges lead to it.
        if (ignoreMerges && vocabulary.IdOf(piece) is { } whole)
        {
            tokens.Add(new ModelToken(whole, 0, piece.Length));
            return;
        }

        if (_cache.TryGet(piece, out ModelToken[]? known))
        {
            tokens.AddRange(known);
            return;
        }

        int before = tokens.Count;
        Merge(piece, tokens);
        if (PieceCache.Takes(piece))
        {
            _cache.Add(piece, [.. CollectionsMarshal.AsSpan(tokens)[before..]]);
        }
    }

    private void Merge(ReadOnlySpan<char> piece, List<ModelToken> tokens)
    {
        BytePairMerger merger = _merger ?? new BytePairMerger();
        _merger = null;
        merger.Clear();
        alphabet.Split(piece, merger.Symbols);
        merger.Merge(merges);
        int first = tokens.Count;
        merger.CopyTo(tokens);
        if (alphabet.CountsBytes)
        {
            ByteOffsets.ToUnits(piece, CollectionsMarshal.AsSpan(tokens)[first..]);
        }

        _merger = merger.MayBeKept ? merger : null;
    }
}
