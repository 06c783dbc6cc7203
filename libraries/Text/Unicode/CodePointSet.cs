namespace DaprMoE.Text.Unicode;

/// <summary>
/// An immutable set of code points, kept as sorted ranges, with a bit per code point of the basic plane for quick look-ups.
/// </summary>
internal sealed class CodePointSet
{
    private const int BasicPlane = 0x10000;
    private const int LastCodePoint = 0x10FFFF;

    private readonly int[] _bounds;
    private ulong[]? _basicPlane;

    private CodePointSet(int[] bounds) => _bounds = bounds;

    /// <summary>The set without members.</summary>
    public static CodePointSet Empty { get; } = new([]);

    /// <summary>First and last code point of each range, ascending, ranges apart from each other.</summary>
    public ReadOnlySpan<int> Bounds => _bounds;

    /// <summary>The code points of <paramref name="first"/>..<paramref name="last"/>.</summary>
    public static CodePointSet Range(int first, int last) => new([first, last]);

    /// <summary>A set of the given ranges, in any order: first, last, first, last, ...</summary>
    public static CodePointSet FromBounds(ReadOnlySpan<int> bounds)
    {
        List<(int First, int Last)> ranges = new(bounds.Length / 2);
        for (int i = 0; i < bounds.Length; i += 2)
        {
            ranges.Add((bounds[i], bounds[i + 1]));
        }

        ranges.Sort();
        List<int> merged = new(bounds.Length);
        foreach ((int first, int last) in ranges)
        {
            if (merged.Count > 0 && first <= merged[^1] + 1)
            {
                merged[^1] = Math.Max(merged[^1], last);
            }
            else
            {
                merged.Add(first);
                merged.Add(last);
            }
        }

        return new CodePointSet([.. merged]);
    }

    /// <summary>Whether the set has the code point.</summary>
    public bool Contains(int codePoint)
    {
        if (codePoint < BasicPlane)
        {
            ulong[] bits = _basicPlane ?? BuildBasicPlane();
            return (bits[codePoint >> 6] >> (codePoint & 63) & 1) != 0;
        }

        int index = Array.BinarySearch(_bounds, codePoint);
        return index >= 0 || (~index & 1) != 0;
    }

    /// <summary>The members of both sets.</summary>
    public CodePointSet Union(CodePointSet other) => FromBounds([.. _bounds, .. other._bounds]);

    /// <summary>The members that the two sets share.</summary>
    public CodePointSet Intersect(CodePointSet other) => Complement().Union(other.Complement()).Complement();

    /// <summary>All code points that are not in the set.</summary>
    public CodePointSet Complement()
    {
        List<int> bounds = new(_bounds.Length + 2);
        int next = 0;
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            if (_bounds[i] > next)
            {
                bounds.Add(next);
                bounds.Add(_bounds[i] - 1);
            }

            next = _bounds[i + 1] + 1;
        }

        if (next <= LastCodePoint)
        {
            bounds.Add(next);
            bounds.Add(LastCodePoint);
        }

        return new CodePointSet([.. bounds]);
    }

    private ulong[] BuildBasicPlane()
    {
        ulong[] bits = new ulong[BasicPlane / 64];
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            for (int codePoint = _bounds[i]; codePoint <= Math.Min(_bounds[i + 1], BasicPlane - 1); codePoint++)
            {
                bits[codePoint >> 6] |= 1UL << (codePoint & 63);
            }
        }

        // Two threads may both build it: the arrays are equal and either may stay.
        Volatile.Write(ref _basicPlane, bits);
        return bits;
    }
}
