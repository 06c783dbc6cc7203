using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>Exact conversion of plain (not packed) stored values.</summary>
internal static unsafe class Widening
{
    public static void Widen(DType type, byte* source, float* destination, int n)
    {
        switch (type)
        {
            case DType.F32:
                new ReadOnlySpan<float>(source, n).CopyTo(new Span<float>(destination, n));
                break;
            case DType.BF16:
                WidenBf16((ushort*)source, destination, n);
                break;
            default:
                WidenF16((ushort*)source, destination, n);
                break;
        }
    }

    private static void WidenBf16(ushort* source, float* destination, int n)
    {
        var i = 0;
        for (; i + Vector128<ushort>.Count <= n; i += Vector128<ushort>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(source + i));
            (low << 16).AsSingle().Store(destination + i);
            (high << 16).AsSingle().Store(destination + i + Vector128<uint>.Count);
        }

        for (; i < n; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
    }

    private static void WidenF16(ushort* source, float* destination, int n)
    {
        var i = 0;
        for (; i + Vector128<ushort>.Count <= n; i += Vector128<ushort>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(source + i));
            FromHalf(low).Store(destination + i);
            FromHalf(high).Store(destination + i + Vector128<uint>.Count);
        }

        for (; i < n; i++)
        {
            destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }

    /// <summary>
    /// Exponent and fraction move to a single's places and 2^112 corrects the bias. What comes out at 65536 or more was infinite or NaN:
    /// its exponent bits are all set in both formats.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FromHalf(Vector128<uint> half)
    {
        var magnitude = ((half & Vector128.Create(0x7fffu)) << 13).AsSingle() * Vector128.Create(5.192296858534828e33f);
        var special = Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(65536f)).AsUInt32() & Vector128.Create(0x7f800000u);
        var sign = (half & Vector128.Create(0x8000u)) << 16;
        return (magnitude.AsUInt32() | special | sign).AsSingle();
    }
}
