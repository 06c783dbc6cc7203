using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>Elementary functions of vectors. Each lane's bits depend on that lane alone, and are the same for every width.</summary>
internal static class Elementary<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Below it the result is 0, even as a subnormal.</summary>
    private const float Lowest = -104;

    /// <summary>Above it the result is infinite.</summary>
    private const float Highest = 89;

    /// <summary>1.5·2^23: added to a small number, it leaves the nearest integer in the low bits.</summary>
    private const float Rounder = 12582912;

    /// <summary>1 as bits, and as the exponent field that 2^0 has.</summary>
    private const float One = 1;

    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has so few bits that its product with the exponent is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>e^x, within 1.01 units in the last place; the polynomial is that of the Cephes library.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        x = TSimd.Max(TSimd.Broadcast(Lowest), TSimd.Min(TSimd.Broadcast(Highest), x));
        var rounder = TSimd.Broadcast(Rounder);
        var shifted = TSimd.Fma(x, TSimd.Broadcast(Log2E), rounder);
        var n = TSimd.Subtract(shifted, rounder);
        var r = TSimd.Fma(n, TSimd.Broadcast(-Ln2High), x);
        r = TSimd.Fma(n, TSimd.Broadcast(-Ln2Low), r);

        var p = TSimd.Fma(TSimd.Broadcast(1.9875691500e-4f), r, TSimd.Broadcast(1.3981999507e-3f));
        p = TSimd.Fma(p, r, TSimd.Broadcast(8.3334519073e-3f));
        p = TSimd.Fma(p, r, TSimd.Broadcast(4.1665795894e-2f));
        p = TSimd.Fma(p, r, TSimd.Broadcast(1.6666665459e-1f));
        p = TSimd.Fma(p, r, TSimd.Broadcast(5.0000001201e-1f));
        var y = TSimd.Add(TSimd.Fma(p, TSimd.Multiply(r, r), r), TSimd.Broadcast(One));

        // 2^n in two steps: neither factor leaves the range of exponents, even where the result is subnormal or infinite.
        var exponent = TSimd.SubtractBits(shifted, rounder);
        var half = TSimd.ShiftRightArithmetic(exponent, 1);
        var rest = TSimd.SubtractBits(exponent, half);
        return TSimd.Multiply(TSimd.Multiply(y, PowerOfTwo(half)), PowerOfTwo(rest));
    }

    /// <summary>x / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Silu(TVector x) =>
        TSimd.Divide(x, TSimd.Add(TSimd.Broadcast(One), Exp(TSimd.Subtract(TSimd.Zero, x))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo(TVector exponent) => TSimd.AddBits(TSimd.ShiftLeft(exponent, 23), TSimd.Broadcast(One));
}
