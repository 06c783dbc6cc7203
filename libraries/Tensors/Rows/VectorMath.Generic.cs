using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <inheritdoc/>
internal sealed unsafe class VectorMath<TSimd, TVector> : VectorMath
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Values among which the largest is looked up one by one.</summary>
    private const int SearchBlock = 1024;

    public override void RmsNorm(float* x, float* weight, float epsilon, float* y, int n)
    {
        var mean = Reductions<TSimd, TVector>.SumOfSquares(x, n) / n;
        Elementwise<TSimd, TVector, MultiplyOperation>.Apply(x, 1 / MathF.Sqrt(mean + epsilon), y, n);
        Elementwise<TSimd, TVector, MultiplyOperation>.Apply(y, weight, y, n);
    }

    public override void Exp(float* x, float* y, int n) => Elementwise<TSimd, TVector, ExpOperation>.Apply(x, x, y, n);

    public override void Silu(float* x, float* y, int n) => Elementwise<TSimd, TVector, SiluOperation>.Apply(x, x, y, n);

    public override void SiluMultiply(float* gate, float* up, float* y, int n) =>
        Elementwise<TSimd, TVector, SiluMultiplyOperation>.Apply(gate, up, y, n);

    public override void Add(float* y, float* x, int n) => Elementwise<TSimd, TVector, AddOperation>.Apply(y, x, y, n);

    public override void Scale(float* x, float factor, int n) => Elementwise<TSimd, TVector, MultiplyOperation>.Apply(x, factor, x, n);

    public override void Softmax(float* x, float* y, int n)
    {
        var most = Reductions<TSimd, TVector>.Max(x, n);
        Elementwise<TSimd, TVector, ExpOfDifferenceOperation>.Apply(x, most, y, n);
        Elementwise<TSimd, TVector, DivideOperation>.Apply(y, Reductions<TSimd, TVector>.Sum(y, n), y, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Rotate(float* x, float* cos, float* sin, int d)
    {
        var half = d / 2;
        var i = 0;
        for (; i + TSimd.Lanes <= half; i += TSimd.Lanes)
        {
            RotatePairs<TSimd, TVector>(x + i, x + half + i, cos + i, sin + i);
        }

        for (; i < half; i++)
        {
            RotatePairs<SimdScalar, float>(x + i, x + half + i, cos + i, sin + i);
        }
    }

    public override int ArgMax(float* x, int n)
    {
        var best = float.NegativeInfinity;
        var bestBlock = 0;
        for (var block = 0; block < n; block += SearchBlock)
        {
            var most = Reductions<TSimd, TVector>.Max(x + block, Math.Min(SearchBlock, n - block));
            if (most > best)
            {
                (best, bestBlock) = (most, block);
            }
        }

        var index = new ReadOnlySpan<float>(x + bestBlock, Math.Min(SearchBlock, n - bestBlock)).IndexOf(best);
        return Math.Max(0, bestBlock + index);
    }

    public override void Combine(float* rows, nint stride, int* rowIndex, float* weights, int k, float* output, int n)
    {
        var i = 0;
        for (; i + TSimd.Lanes <= n; i += TSimd.Lanes)
        {
            TSimd.Store(output + i, CombineTree<TSimd, TVector>.Sum(rows + i, stride, rowIndex, weights, k));
        }

        for (; i < n; i++)
        {
            output[i] = CombineTree<SimdScalar, float>.Sum(rows + i, stride, rowIndex, weights, k);
        }
    }

    public override void CombineCovered(
        float* rows, nint stride, int* rowIndex, float* weights, byte* covered, int k, float* output, int n)
    {
        var i = 0;
        for (; i + TSimd.Lanes <= n; i += TSimd.Lanes)
        {
            TSimd.Store(output + i, CombineTree<TSimd, TVector>.SumCovered(rows + i, stride, rowIndex, weights, covered, k));
        }

        for (; i < n; i++)
        {
            output[i] = CombineTree<SimdScalar, float>.SumCovered(rows + i, stride, rowIndex, weights, covered, k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RotatePairs<TS, TV>(float* low, float* high, float* cos, float* sin)
        where TS : struct, ISimd<TV>
        where TV : unmanaged
    {
        var (a, b, c, s) = (TS.Load(low), TS.Load(high), TS.Load(cos), TS.Load(sin));
        TS.Store(low, TS.Fma(a, c, TS.Subtract(TS.Zero, TS.Multiply(b, s))));
        TS.Store(high, TS.Fma(b, c, TS.Multiply(a, s)));
    }
}
