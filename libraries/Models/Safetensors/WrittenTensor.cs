using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its format.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Fill">Makes elements from an index on; called from several threads.</param>
internal sealed record WrittenTensor(string Name, DType Type, long[] Shape, WrittenTensor.FillElements Fill)
{
    /// <summary>Writes elements, beginning with <paramref name="first"/>, into <paramref name="destination"/>.</summary>
    public delegate void FillElements(long first, Span<byte> destination);

    /// <summary>Bytes of all elements.</summary>
    public long ByteLength => Shape.Aggregate((long)Type.Size(), (product, dimension) => product * dimension);
}
