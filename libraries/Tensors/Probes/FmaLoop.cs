using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>Twelve independent chains of fused multiply-adds: enough to hide the latency of each, few enough for 16 registers.</summary>
internal static class FmaLoop
{
    public static ProbeLoop Create(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => new FmaLoop<Simd512, Vector512<float>>(),
        VectorWidth.Bits256 => new FmaLoop<Simd256, Vector256<float>>(),
        _ => new FmaLoop<Simd128, Vector128<float>>(),
    };
}

/// <inheritdoc/>
internal sealed unsafe class FmaLoop<TSimd, TVector> : ProbeLoop
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int Chains = 12;
    private const int Steps = 4096;

    public override double Run(int worker, int workers, long index)
    {
        Keep(Chain(0.999f + (index * 1e-12f), 0.001f));
        return 2.0 * Chains * Steps * TSimd.Lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chain(float factor, float term)
    {
        TVector a = TSimd.Broadcast(factor), b = TSimd.Broadcast(term);
        TVector s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (var i = 0; i < Steps; i++)
        {
            s0 = TSimd.Fma(s0, a, b);
            s1 = TSimd.Fma(s1, a, b);
            s2 = TSimd.Fma(s2, a, b);
            s3 = TSimd.Fma(s3, a, b);
            s4 = TSimd.Fma(s4, a, b);
            s5 = TSimd.Fma(s5, a, b);
            s6 = TSimd.Fma(s6, a, b);
            s7 = TSimd.Fma(s7, a, b);
            s8 = TSimd.Fma(s8, a, b);
            s9 = TSimd.Fma(s9, a, b);
            s10 = TSimd.Fma(s10, a, b);
            s11 = TSimd.Fma(s11, a, b);
        }

        var low = TSimd.Add(TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), TSimd.Add(s4, s5));
        var high = TSimd.Add(TSimd.Add(TSimd.Add(s6, s7), TSimd.Add(s8, s9)), TSimd.Add(s10, s11));
        var sum = stackalloc float[16];
        TSimd.Store(sum, TSimd.Add(low, high));
        return sum[0];
    }
}
