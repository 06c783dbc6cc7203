using System.Runtime.InteropServices;

namespace DaprMoE.Ports;

/// <summary>Rows as bf16, rounded to nearest even. It is called lossy because texts may differ.</summary>
internal static class LossyRows
{
    public static void Narrow(ReadOnlySpan<float> values, Span<byte> destination)
    {
        Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(destination);
        for (int i = 0; i < values.Length; i++)
        {
            halves[i] = Narrow(values[i]);
        }
    }

    public static void Widen(ReadOnlySpan<byte> source, Span<float> values)
    {
        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(source);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }
    }

    private static ushort Narrow(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
        {
            // Rounding could carry a NaN's payload into infinity.
            return (ushort)((bits >> 16) | 0x40);
        }

        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
