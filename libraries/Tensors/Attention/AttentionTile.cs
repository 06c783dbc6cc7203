namespace DaprMoE.Tensors;

/// <summary>
/// Query rows that share their keys: the heads of one group at consecutive positions. Row i of a sequence's group is head i mod group of
/// token i / group.
/// </summary>
internal readonly struct AttentionTile(AttentionSequence sequence, int kvHead, int group, int first, int rows)
{
    public AttentionSequence Sequence => sequence;

    public int KvHead => kvHead;

    public int Rows => rows;

    /// <summary>The position of the tile's last row.</summary>
    public int LastPosition => Position(rows - 1);

    public int Position(int row) => sequence.FirstPosition + ((first + row) / group);

    /// <summary>The row of the call.</summary>
    public int Row(int row) => sequence.FirstRow + ((first + row) / group);

    public int Head(int row) => (kvHead * group) + ((first + row) % group);
}
