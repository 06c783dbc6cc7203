using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DaprMoE.Predictors;

/// <summary>Conversion between f32 and bf16.</summary>
internal static class BrainFloat
{
    /// <summary>Rounds to the nearest bf16, ties to even. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    public static void Round(ReadOnlySpan<float> values, Span<ushort> rounded)
    {
        for (int i = 0; i < values.Length; i++)
        {
            rounded[i] = Round(values[i]);
        }
    }

    public static ushort[] Round(ReadOnlySpan<float> values)
    {
        ushort[] rounded = new ushort[values.Length];
        Round(values, rounded);
        return rounded;
    }

    public static float Widen(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

    public static ReadOnlySpan<byte> Bytes(ReadOnlySpan<ushort> values) => MemoryMarshal.AsBytes(values);
}
