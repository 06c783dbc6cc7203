using System.Runtime.InteropServices;
using DaprMoE.Scheduling;

namespace DaprMoE.Torch;

/// <summary>
/// Cuts groups into tiles for the workers: a matrix product is fastest on many rows, but one large group must not keep the others waiting.
/// </summary>
internal sealed class RowTiles(int workers)
{
    /// <summary>Most rows of a tile.</summary>
    public const int MostRows = 256;

    // Fewer rows leave a matrix product waiting for its weights.
    private const int FewestRowsCut = 64;

    private const int TilesPerWorker = 4;

    private readonly List<RowTile> _tiles = [];

    /// <summary>The tiles, the largest first, so that the last ones to be taken are short.</summary>
    public ReadOnlySpan<RowTile> All => CollectionsMarshal.AsSpan(_tiles);

    public void Cut(ReadOnlySpan<ReplicaGroup> groups)
    {
        _tiles.Clear();
        int most = RowsPerTile(groups);
        for (int i = 0; i < groups.Length; i++)
        {
            Cut(i, groups[i], (groups[i].Count + most - 1) / most);
        }

        CollectionsMarshal.AsSpan(_tiles).Sort(static (left, right) => right.Count - left.Count);
    }

    private int RowsPerTile(ReadOnlySpan<ReplicaGroup> groups)
    {
        int rows = 0;
        foreach (ReplicaGroup group in groups)
        {
            rows += group.Count;
        }

        return Math.Clamp(rows / (workers * TilesPerWorker), FewestRowsCut, MostRows);
    }

    private void Cut(int index, ReplicaGroup group, int tiles)
    {
        for (int tile = 0; tile < tiles; tile++)
        {
            int from = (int)((long)group.Count * tile / tiles);
            int to = (int)((long)group.Count * (tile + 1) / tiles);
            _tiles.Add(new RowTile(index, group.First + from, to - from));
        }
    }
}
