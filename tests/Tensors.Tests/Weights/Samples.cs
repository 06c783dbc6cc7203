using System.Runtime.InteropServices;

namespace DaprMoE.Tensors.Tests;

/// <summary>Seeded values with outliers on both sides.</summary>
internal static class Samples
{
    public static float[] Floats(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var value = (float)((random.NextDouble() * 2) - 1);
            values[i] = random.Next(50) switch { 0 => value * 1e4f, 1 => value * 1e-30f, _ => value };
        }

        return values;
    }

    /// <summary>Values as a checkpoint stores them.</summary>
    public static byte[] Encode(ReadOnlySpan<float> values, DType type)
    {
        var bytes = new byte[values.Length * type.Size()];
        if (type == DType.F32)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return bytes;
        }

        var halves = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            halves[i] = type == DType.BF16
                ? (ushort)(BitConverter.SingleToUInt32Bits(values[i]) >> 16)
                : BitConverter.HalfToUInt16Bits((Half)values[i]);
        }

        return bytes;
    }

    /// <summary>The numbers that stored bytes stand for.</summary>
    public static float[] Decode(ReadOnlySpan<byte> bytes, DType type)
    {
        if (type == DType.F32)
        {
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        }

        var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        var values = new float[halves.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type == DType.BF16
                ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16)
                : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }

        return values;
    }
}
