using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>
/// f16 pairs: sign, exponent and fraction move to their places in a single, and a factor of 2^112 corrects the exponent's bias.
/// Exact for subnormals too; infinities and NaN do not survive, so <see cref="MatrixPacker"/> refuses them.
/// </summary>
internal unsafe struct F16Weights : IWeightFormat
{
    private const float BiasCorrection = 5.192296858534828e33f;

    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load2<TSimd, TVector>(byte* source, out TVector low, out TVector high)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var pair = TSimd.Load(source);
        low = FromUpperHalf<TSimd, TVector>(TSimd.ShiftLeft(pair, 16));
        high = FromUpperHalf<TSimd, TVector>(pair);
    }

    /// <summary>The shift is arithmetic and the mask drops the copies of the sign; what lies in the lower half is masked away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector FromUpperHalf<TSimd, TVector>(TVector bits)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Multiply(TSimd.And(TSimd.ShiftRightArithmetic(bits, 3), 0x8fffe000), TSimd.Broadcast(BiasCorrection));
}
