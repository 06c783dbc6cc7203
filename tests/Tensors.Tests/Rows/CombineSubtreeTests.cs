using System.Numerics;
using CsCheck;

namespace DaprMoE.Tensors.Tests;

public unsafe class CombineSubtreeTests
{
    private const int Width = 21;

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 }, 4, "0+4")]
    [InlineData(new[] { 0, 1, 2 }, 4, "0+2 2+1")]
    [InlineData(new[] { 1, 2, 3 }, 4, "1+1 2+2")]
    [InlineData(new[] { 0, 1, 2 }, 3, "0+3")]
    [InlineData(new[] { 4, 5, 6 }, 7, "4+3")]
    [InlineData(new[] { 4 }, 5, "4+1")]
    [InlineData(new[] { 2, 3, 4, 5 }, 8, "2+2 4+2")]
    [InlineData(new[] { 1, 3, 5, 7 }, 8, "1+1 3+1 5+1 7+1")]
    public void TakeLargest_ASetOfTerms_GivesItsLargestCompleteSubtrees(int[] terms, int k, string expected)
    {
        var present = terms.Aggregate(0UL, (set, term) => set | (1UL << term));
        Assert.Equal(expected, string.Join(' ', Subtrees(present, k).Select(part => $"{part.First}+{part.Count}")));
    }

    [Fact]
    public void TakeLargest_AnySet_CoversItWithMaximalSubtreesOfTheTree() =>
        Gen.Select(Gen.Int[1, CombineSubtree.MaxTerms], Gen.ULong).Sample((k, bits) =>
        {
            var present = bits & (ulong.MaxValue >> (CombineSubtree.MaxTerms - k));
            var parts = Subtrees(present, k);
            Assert.Equal(present, parts.Aggregate(0UL, (set, part) => set | Terms(part)));
            Assert.Equal(BitOperations.PopCount(present), parts.Sum(part => part.Count));
            Assert.All(parts, part => Assert.True(part.IsOf(k)));
            Assert.All(parts, part => Assert.Equal(part, LargestAround(part.First, present, k)));
        });

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(1, 2, 4)]
    [InlineData(2, 4, 8)]
    [InlineData(4, 3, 8)]
    [InlineData(0, 0, 4)]
    [InlineData(4, 2, 5)]
    [InlineData(-2, 2, 4)]
    [InlineData(4, int.MaxValue, 8)]
    public void IsOf_NoCompleteSubtree_IsFalse(int first, int count, int k) => Assert.False(new CombineSubtree(first, count).IsOf(k));

    [Fact]
    public void TakeLargest_SetThatIsEmptyOrReachesOverTheTree_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Subtree(present: 0, k: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Subtree(present: 1 << 4, k: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Subtree(present: 1, k: 65));
    }

    /// <summary>However the terms are divided over devices: sums made there and combined here have the plain result's bits.</summary>
    [Fact]
    public void CombineCovered_AnyDivisionOverDevices_HasTheBitsOfCombine() =>
        Gen.Select(Gen.Int[1, CombineSubtree.MaxTerms], Gen.Int[1, 5], Gen.Int[1, 1000], Gen.Enum<VectorWidth>()).Sample((k, devices, seed, width) =>
        {
            Random random = new(seed);
            var rows = Samples.Floats(k * Width, seed);
            var weights = Samples.Floats(k, seed + 1);

            // The first columns are -0.0 in all terms, and so are their sums; a zero added on the way would make them 0.0.
            for (var term = 0; term < k; term++)
            {
                rows.AsSpan(term * Width, 3).Fill(weights[term] < 0 ? 0.0f : -0.0f);
            }

            var device = Enumerable.Range(0, k).Select(_ => random.Next(devices)).ToArray();
            var sums = (float[])rows.Clone();
            var covered = PreSum(VectorMath.For(width), sums, weights, device, k);
            BitAssert.Equal(Combine(rows, weights, null, k, width), Combine(sums, weights, covered, k, width), $"{k} terms, {devices} devices, {width}");
        });

    /// <summary>
    /// What the devices do: replaces the first row of each subtree by its sum and spoils the others; some weigh a single row, some leave it raw.
    /// </summary>
    private static byte[] PreSum(VectorMath math, float[] rows, float[] weights, int[] device, int k)
    {
        var covered = new byte[k];
        foreach (var terms in Enumerable.Range(0, k).GroupBy(term => device[term]))
        {
            var present = terms.Aggregate(0UL, (set, term) => set | (1UL << term));
            foreach (var part in Subtrees(present, k).Where(part => part.Count > 1 || terms.Key % 2 == 0))
            {
                var sum = new float[Width];
                int[] index = [.. Enumerable.Range(part.First, part.Count)];
                fixed (float* r = rows, w = weights, s = sum)
                fixed (int* i = index)
                {
                    math.Combine(r, Width, i, w + part.First, part.Count, s, Width);
                }

                rows.AsSpan(part.First * Width, part.Count * Width).Fill(float.NaN);
                sum.CopyTo(rows, part.First * Width);
                covered.AsSpan(part.First, part.Count).Fill(byte.MaxValue);
                covered[part.First] = (byte)part.Count;
            }
        }

        return covered;
    }

    private static float[] Combine(float[] rows, float[] weights, byte[]? covered, int k, VectorWidth width)
    {
        var output = new float[Width];
        int[] index = [.. Enumerable.Range(0, k)];
        fixed (float* r = rows, w = weights, o = output)
        fixed (int* i = index)
        fixed (byte* c = covered)
        {
            if (covered is null)
            {
                VectorMath.For(width).Combine(r, Width, i, w, k, o, Width);
            }
            else
            {
                VectorMath.For(width).CombineCovered(r, Width, i, w, c, k, o, Width);
            }
        }

        return output;
    }

    private static List<CombineSubtree> Subtrees(ulong present, int k)
    {
        List<CombineSubtree> parts = [];
        while (present != 0)
        {
            parts.Add(CombineSubtree.TakeLargest(ref present, k));
        }

        return parts;
    }

    private static CombineSubtree Subtree(ulong present, int k) => CombineSubtree.TakeLargest(ref present, k);

    private static ulong Terms(CombineSubtree part) =>
        Enumerable.Range(part.First, part.Count).Aggregate(0UL, (set, term) => set | (1UL << term));

    /// <summary>By trying all: the largest subtree with this term that lies in the set.</summary>
    private static CombineSubtree LargestAround(int term, ulong present, int k) => (
        from size in Enumerable.Range(0, 7).Select(power => 1 << power)
        let first = term / size * size
        let part = new CombineSubtree(first, Math.Min(size, k - first))
        where (Terms(part) & ~present) == 0
        orderby part.Count descending
        select part).First();
}
