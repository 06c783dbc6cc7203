namespace DaprMoE.Tensors;

/// <summary>
/// How rows are cut into tiles: full tiles first; the rest is cut so that no tile is left with a single row if it can be helped.
/// </summary>
internal readonly struct TileSizes
{
    private static readonly byte[] Upto16 = [0, 1, 2, 3, 4, 3, 6, 4, 8, 6, 6, 8, 12, 8, 8, 8, 8];
    private static readonly byte[] Upto8 = [0, 1, 2, 3, 4, 3, 6, 4, 4];

    private readonly byte[] _first;

    private TileSizes(int full, byte[] first)
    {
        Full = full;
        _first = first;
    }

    /// <summary>Rows of a full tile: as many as keep all sums in registers.</summary>
    public int Full { get; }

    public static TileSizes For(VectorWidth width) => width == VectorWidth.Bits512 ? new(12, Upto16) : new(6, Upto8);

    /// <summary>Rows of the next tile when <paramref name="remaining"/> rows are left (at least 1).</summary>
    public int Next(int remaining) => remaining < _first.Length ? _first[remaining] : Full;

    /// <summary>Full tiles that come before the last rows are cut up; tile i of them starts at row i·<see cref="Full"/>.</summary>
    public int LeadingTiles(int rows) => rows < _first.Length ? 0 : (rows - _first.Length + Full) / Full;

    /// <summary>How many tiles <paramref name="rows"/> rows are cut into.</summary>
    public int Count(int rows)
    {
        var count = LeadingTiles(rows);
        for (var row = count * Full; row < rows; count++)
        {
            row += Next(rows - row);
        }

        return count;
    }

    /// <summary>The first row of a tile.</summary>
    public int FirstRow(int rows, int tile)
    {
        var leading = LeadingTiles(rows);
        var row = Math.Min(tile, leading) * Full;
        for (; leading < tile; leading++)
        {
            row += Next(rows - row);
        }

        return row;
    }
}
