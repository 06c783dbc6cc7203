namespace DaprMoE.Text.Tokenization.Models;

/// <summary>
/// The merge loop of byte-pair encoding: again and again the pair of lowest rank, in O(n log n). Keeps its buffers; for one thread at a
/// time.
/// </summary>
internal sealed class BytePairMerger
{
    /// <summary>Buffers above this size are not kept.</summary>
    private const int LargestKept = 1 << 16;

    private readonly MergeQueue _queue = new();

    /// <summary>The symbols of the piece at hand.</summary>
    public SymbolList Symbols { get; } = new();

    public bool MayBeKept => Symbols.Count <= LargestKept;

    public void Clear()
    {
        Symbols.Clear();
        _queue.Clear();
    }

    public void Merge(MergeTable merges)
    {
        for (int i = 0; i < Symbols.Count; i++)
        {
            Enqueue(merges, i);
        }

        while (_queue.TryPop(out int rank, out int position))
        {
            // Entries of pairs that are gone since are left in the queue; their rank no longer agrees.
            if (Symbols[position].Rank != rank)
            {
                continue;
            }

            Symbols.JoinWithNext(position, Symbols[position].Joined);
            Enqueue(merges, position);
            if (Symbols[position].Previous >= 0)
            {
                Enqueue(merges, Symbols[position].Previous);
            }
        }
    }

    /// <summary>Adds the symbols as tokens; each begins where the one before it ends.</summary>
    public void CopyTo(List<ModelToken> tokens)
    {
        int start = 0;
        for (int i = 0; i >= 0 && i < Symbols.Count; i = Symbols[i].Next)
        {
            tokens.Add(new ModelToken(Symbols[i].Id, start, Symbols[i].Length));
            start += Symbols[i].Length;
        }
    }

    private void Enqueue(MergeTable merges, int position)
    {
        ref SymbolList.Symbol symbol = ref Symbols[position];
        symbol.Rank = int.MaxValue;
        if (symbol.Next >= 0 && merges.TryGet(symbol.Id, Symbols[symbol.Next].Id, out Merge merge))
        {
            symbol.Rank = merge.Rank;
            symbol.Joined = merge.Result;
            _queue.Push(merge.Rank, position);
        }
    }
}
