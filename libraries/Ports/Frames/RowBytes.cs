using System.Runtime.InteropServices;

namespace DaprMoE.Ports;

/// <summary>Rows as a frame holds them.</summary>
internal static class RowBytes
{
    public static void Write(ReadOnlySpan<float> values, Span<byte> bytes, bool lossy)
    {
        if (lossy)
        {
            LossyRows.Narrow(values, bytes);
            bytes[(values.Length * sizeof(ushort))..].Clear();
        }
        else
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        }
    }

    public static void Read(ReadOnlySpan<byte> bytes, Span<float> values, bool lossy)
    {
        if (lossy)
        {
            LossyRows.Widen(bytes, values);
        }
        else
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values));
        }
    }
}
