using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>Reductions with one order for all widths: element i belongs to lane i mod 16, the lanes are combined by a fixed tree.</summary>
internal static unsafe class Reductions<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int Lanes = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(float* x, int n)
    {
        var sums = stackalloc float[Lanes];
        var whole = n - (n % Lanes);
        for (var lane = 0; lane < Lanes; lane += TSimd.Lanes)
        {
            var sum = TSimd.Zero;
            for (var i = lane; i < whole; i += Lanes)
            {
                sum = TSimd.Add(sum, TSimd.Load(x + i));
            }

            TSimd.Store(sums + lane, sum);
        }

        for (var i = whole; i < n; i++)
        {
            sums[i - whole] += x[i];
        }

        return LaneTree.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SumOfSquares(float* x, int n)
    {
        var sums = stackalloc float[Lanes];
        var whole = n - (n % Lanes);
        for (var lane = 0; lane < Lanes; lane += TSimd.Lanes)
        {
            var sum = TSimd.Zero;
            for (var i = lane; i < whole; i += Lanes)
            {
                var value = TSimd.Load(x + i);
                sum = TSimd.Fma(value, value, sum);
            }

            TSimd.Store(sums + lane, sum);
        }

        for (var i = whole; i < n; i++)
        {
            sums[i - whole] = MathF.FusedMultiplyAdd(x[i], x[i], sums[i - whole]);
        }

        return LaneTree.Sum(sums);
    }

    /// <summary>The largest value; NaN is passed over, and an empty row gives negative infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(float* x, int n)
    {
        var most = TSimd.Broadcast(float.NegativeInfinity);
        var i = 0;
        for (; i + TSimd.Lanes <= n; i += TSimd.Lanes)
        {
            most = TSimd.Max(TSimd.Load(x + i), most);
        }

        var result = TSimd.MaxAcross(most);
        for (; i < n; i++)
        {
            result = x[i] > result ? x[i] : result;
        }

        return result;
    }
}
