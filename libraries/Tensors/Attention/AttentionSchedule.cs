namespace DaprMoE.Tensors;

/// <summary>
/// Hands out tiles to workers, one after another: sequence by sequence, head by head, the longest rows of a head first. Which worker
/// computes a tile has no influence on its result.
/// </summary>
internal sealed unsafe class AttentionSchedule(TileSizes sizes, int kvHeads, int group)
{
    private AttentionSequence* _sequences;
    private int _count;
    private int[] _firstItem = new int[17];
    private PaddedCounter _next;

    /// <summary>Starts a call; false when there is no work.</summary>
    public bool Begin(AttentionSequence* sequences, int count)
    {
        if (_firstItem.Length <= count)
        {
            _firstItem = new int[(2 * count) + 1];
        }

        _sequences = sequences;
        _count = count;
        _next.Value = 0;
        for (var i = 0; i < count; i++)
        {
            _firstItem[i + 1] = _firstItem[i] + (kvHeads * sizes.Count(sequences[i].Rows * group));
        }

        return _firstItem[count] > 0;
    }

    /// <summary>The next tile, or false when all are taken.</summary>
    public bool TryTake(out AttentionTile tile)
    {
        tile = default;
        var item = Interlocked.Increment(ref _next.Value) - 1;
        if (item >= _firstItem[_count])
        {
            return false;
        }

        // The last sequence that begins at or before the item; sequences without rows share their successor's place.
        var found = _firstItem.AsSpan(0, _count + 1).BinarySearch(item);
        var index = found >= 0 ? found : ~found - 1;
        while (_firstItem[index + 1] <= item)
        {
            index++;
        }

        tile = TileOf(_sequences[index], item - _firstItem[index], (_firstItem[index + 1] - _firstItem[index]) / kvHeads);
        return true;
    }

    private AttentionTile TileOf(in AttentionSequence sequence, int item, int tiles)
    {
        var rows = sequence.Rows * group;
        var first = sizes.FirstRow(rows, tiles - 1 - (item % tiles));
        return new AttentionTile(sequence, item / tiles, group, first, sizes.Next(rows - first));
    }
}
