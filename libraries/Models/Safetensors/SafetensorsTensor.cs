namespace DaprMoE.Models;

/// <summary>One tensor of a safetensors file: where it lies and what it is.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
/// <param name="Offset">Bytes from the start of the file to the first element.</param>
/// <param name="ByteLength">Bytes of all elements.</param>
public sealed record SafetensorsTensor(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Offset, long ByteLength)
{
    /// <summary>Elements: the product of <see cref="Shape"/>.</summary>
    public long Elements => ByteLength * 8 / Type.Bits();

    /// <summary>The shape as written in messages: <c>[2, 3]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
