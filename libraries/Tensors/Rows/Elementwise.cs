using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>Applies an <see cref="IElementwise"/> to whole rows.</summary>
internal static unsafe class Elementwise<TSimd, TVector, TOperation>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where TOperation : struct, IElementwise
{
    /// <summary>y = a ∘ b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* a, float* b, float* y, int n)
    {
        var i = 0;
        for (; i + TSimd.Lanes <= n; i += TSimd.Lanes)
        {
            TSimd.Store(y + i, TOperation.Apply<TSimd, TVector>(TSimd.Load(a + i), TSimd.Load(b + i)));
        }

        for (; i < n; i++)
        {
            y[i] = TOperation.Apply<SimdScalar, float>(a[i], b[i]);
        }
    }

    /// <summary>y = a ∘ b with one b for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* a, float b, float* y, int n)
    {
        var same = TSimd.Broadcast(b);
        var i = 0;
        for (; i + TSimd.Lanes <= n; i += TSimd.Lanes)
        {
            TSimd.Store(y + i, TOperation.Apply<TSimd, TVector>(TSimd.Load(a + i), same));
        }

        for (; i < n; i++)
        {
            y[i] = TOperation.Apply<SimdScalar, float>(a[i], b);
        }
    }
}
