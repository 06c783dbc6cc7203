using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>
/// Adds weighted terms by the tree that pairs neighbours and lets an odd one move up. Sums of 1, 2, 4, … terms wait on a stack
/// until their neighbour of the same size is complete, which builds that tree from left to right.
/// </summary>
internal static unsafe class CombineTree<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Sizes of complete sums: powers of two up to 2^31.</summary>
    private const int MaxDepth = 32;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector Sum(float* rows, nint stride, int* rowIndex, float* weights, int k)
    {
        var waiting = stackalloc TVector[MaxDepth];
        var depth = 0;
        for (var term = 0; term < k; term++)
        {
            var sum = TSimd.Multiply(TSimd.Broadcast(weights[term]), TSimd.Load(rows + (rowIndex[term] * stride)));
            for (var complete = term + 1; complete % 2 == 0; complete /= 2)
            {
                sum = TSimd.Add(waiting[--depth], sum);
            }

            waiting[depth++] = sum;
        }

        return Total(waiting, depth);
    }

    /// <summary>The same tree where a row may hold the sum of several neighbours already (<see cref="VectorMath.CombineCovered"/>).</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector SumCovered(float* rows, nint stride, int* rowIndex, float* weights, byte* covered, int k)
    {
        var waiting = stackalloc TVector[MaxDepth];
        var depth = 0;
        for (var term = 0; term < k;)
        {
            var sum = TSimd.Load(rows + (rowIndex[term] * stride));
            var count = covered[term];
            if (count == 0)
            {
                sum = TSimd.Multiply(TSimd.Broadcast(weights[term]), sum);
                count = 1;
            }

            term += count;

            // A sum that ends with the last term may have any size; it waits for the total, which adds the stack from its top.
            for (var complete = term < k ? term / count : 1; complete % 2 == 0; complete /= 2)
            {
                sum = TSimd.Add(waiting[--depth], sum);
            }

            waiting[depth++] = sum;
        }

        return Total(waiting, depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Total(TVector* waiting, int depth)
    {
        if (depth == 0)
        {
            return TSimd.Zero;
        }

        var total = waiting[--depth];
        while (depth > 0)
        {
            total = TSimd.Add(waiting[--depth], total);
        }

        return total;
    }
}
