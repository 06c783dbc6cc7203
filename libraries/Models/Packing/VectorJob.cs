using System.Runtime.InteropServices;
using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Widens a vector to f32.</summary>
internal sealed class VectorJob(SourceReader source, PackedEntry entry) : PackJob
{
    /// <inheritdoc/>
    public override long SourceBytes => source.ByteLength;

    /// <inheritdoc/>
    public override void Run(PackTarget target)
    {
        byte[] stored = new byte[source.ByteLength];
        source.Read(stored);
        float[] values = new float[entry.Columns];
        Widen(stored, values);
        target.Write(entry.Offset, MemoryMarshal.AsBytes<float>(values));
        target.Done(stored.Length);
    }

    private unsafe void Widen(byte[] stored, float[] values)
    {
        fixed (byte* source = stored)
        fixed (float* destination = values)
        {
            VectorMath.Widen(entry.Type, source, destination, values.Length);
        }
    }
}
