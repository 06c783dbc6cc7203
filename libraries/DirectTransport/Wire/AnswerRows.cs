using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.DirectTransport;

/// <summary>
/// Which rows an answer has, derived from the call alone at both ends: for each row the largest complete subtrees of its terms that the
/// call holds, one answer row each, in the order of the pairs that begin them.
/// </summary>
internal sealed class AnswerRows
{
    private ulong[] _present = [];
    private int[] _pairs = [];

    /// <summary>Divides a call's pairs into subtrees.</summary>
    /// <param name="groups">The call's groups: runs of pairs.</param>
    /// <param name="rows">For each pair the row or token that it belongs to.</param>
    /// <param name="terms">For each pair its place among the row's terms.</param>
    /// <param name="rowCount">Rows: all values of <paramref name="rows"/> are below it.</param>
    /// <param name="topK">Terms of a row's whole tree.</param>
    /// <param name="covered">Receives, for the pairs of the groups, what <see cref="LayerAssignments.Covered"/> says.</param>
    /// <returns>Rows of the answer.</returns>
    public int Divide(
        ReadOnlySpan<ReplicaGroup> groups, ReadOnlySpan<int> rows, ReadOnlySpan<byte> terms, int rowCount, int topK, Span<byte> covered)
    {
        Clear(rowCount, topK);
        foreach (ReplicaGroup group in groups)
        {
            for (int pair = group.First; pair < group.First + group.Count; pair++)
            {
                _present[rows[pair]] |= 1UL << terms[pair];
                _pairs[(rows[pair] * topK) + terms[pair]] = pair;
                covered[pair] = LayerAssignments.InAnother;
            }
        }

        int count = 0;
        for (int row = 0; row < rowCount; row++)
        {
            for (ulong present = _present[row]; present != 0; count++)
            {
                CombineSubtree subtree = CombineSubtree.TakeLargest(ref present, topK);
                covered[_pairs[(row * topK) + subtree.First]] = subtree.Count > 1 ? (byte)subtree.Count : (byte)0;
            }
        }

        return count;
    }

    /// <summary>The pair that holds a term of a row, after <see cref="Divide"/>.</summary>
    public int PairOf(int row, int term, int topK) => _pairs[(row * topK) + term];

    private void Clear(int rowCount, int topK)
    {
        if (_present.Length < rowCount)
        {
            _present = new ulong[rowCount];
        }

        if (_pairs.Length < rowCount * topK)
        {
            _pairs = new int[rowCount * topK];
        }

        _present.AsSpan(0, rowCount).Clear();
    }
}
