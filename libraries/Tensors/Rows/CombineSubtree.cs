using System.Numerics;

namespace DaprMoE.Tensors;

/// <summary>
/// A complete subtree of the combine tree of k terms: 2^j terms that begin at a multiple of 2^j, or the last such block, cut off at k.
/// Where all terms of one are at hand, <see cref="VectorMath.Combine"/> over them gives the subtree's sum with the whole tree's bits.
/// </summary>
/// <param name="First">Place of its first term, from 0.</param>
/// <param name="Count">Terms, at least 1.</param>
public readonly record struct CombineSubtree(int First, int Count)
{
    /// <summary>Most terms of a tree.</summary>
    public const int MaxTerms = 64;

    /// <summary>
    /// Takes the first of the largest complete subtrees that a set of terms holds. Taking until the set is empty divides it into the fewest
    /// subtrees there are, and into the same ones wherever it is done.
    /// </summary>
    /// <param name="present">Bit t: term t is in the set, at least one and all below <paramref name="k"/>; loses what is taken.</param>
    /// <param name="k">Terms of the whole tree, 1 to <see cref="MaxTerms"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The set is empty or has a term that the tree does not have.</exception>
    public static CombineSubtree TakeLargest(ref ulong present, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, MaxTerms);
        ArgumentOutOfRangeException.ThrowIfZero(present);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(BitOperations.Log2(present), k, nameof(present));
        var first = BitOperations.TrailingZeroCount(present);

        // Whatever contains the first term and lies in the set begins at it, so its size divides its place.
        var most = BitOperations.TrailingZeroCount(~(present >> first));
        var count = 1;
        for (var size = 2; first % size == 0 && Math.Min(first + size, k) - first is var terms && terms <= most && terms > count; size *= 2)
        {
            count = terms;
        }

        present &= ~(Mask(count) << first);
        return new CombineSubtree(first, count);
    }

    /// <summary>Whether this is a complete subtree of the tree of k terms.</summary>
    public bool IsOf(int k) =>
        First >= 0 && Count > 0 && Count <= k - First
        && First % (int)BitOperations.RoundUpToPowerOf2((uint)Count) == 0
        && (BitOperations.IsPow2(Count) || First + Count == k);

    private static ulong Mask(int count) => ulong.MaxValue >> (MaxTerms - count);
}
