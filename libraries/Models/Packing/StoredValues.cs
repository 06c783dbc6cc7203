using System.Runtime.InteropServices;
using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Widens stored values to f32, exactly.</summary>
internal static class StoredValues
{
    public static void Widen(ReadOnlySpan<byte> stored, DType type, Span<float> values)
    {
        if (type == DType.F32)
        {
            MemoryMarshal.Cast<byte, float>(stored).CopyTo(values);
            return;
        }

        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(stored);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type == DType.BF16
                ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16)
                : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }
}
