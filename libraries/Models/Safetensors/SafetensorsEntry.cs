namespace DaprMoE.Models;

/// <summary>A tensor's entry in a header while its keys are being read, in any order, each once.</summary>
internal sealed class SafetensorsEntry(string path, string name)
{
    private SafetensorsType? _type;
    private long[]? _shape;
    private long[]? _offsets;

    public void SetType(SafetensorsType type) => _type = _type is null ? type : throw Twice("dtype");

    public void SetShape(long[] shape) => _shape = _shape is null ? shape : throw Twice("shape");

    public void SetOffsets(long[] offsets) => _offsets = _offsets is null ? offsets : throw Twice("data_offsets");

    /// <summary>The tensor, its place counted from the start of the file.</summary>
    public SafetensorsTensor Build(long dataStart)
    {
        SafetensorsType type = _type ?? throw Missing("dtype");
        long[] shape = _shape ?? throw Missing("shape");
        long[] offsets = _offsets ?? throw Missing("data_offsets");
        if (offsets.Length != 2)
        {
            throw Fault($"data_offsets has {offsets.Length} values; allowed are two: begin and end");
        }

        (long begin, long end) = (offsets[0], offsets[1]);
        if (end < begin || end > long.MaxValue - dataStart)
        {
            throw Fault($"data_offsets [{begin}, {end}] end before they begin or lie beyond any file");
        }

        SafetensorsTensor tensor = new(name, type, shape, dataStart + begin, end - begin);
        return BytesOf(tensor) == tensor.ByteLength
            ? tensor
            : throw Fault(
                $"shape {tensor.ShapeText} of {type.Name()} does not take the {end - begin} bytes of data_offsets [{begin}, {end}]");
    }

    /// <summary>Bytes by type and shape; null where they overflow or end inside a byte.</summary>
    private static long? BytesOf(SafetensorsTensor tensor)
    {
        UInt128 bits = (UInt128)tensor.Type.Bits();
        foreach (long dimension in tensor.Shape)
        {
            bits *= (UInt128)dimension;
            if (bits > (UInt128)long.MaxValue * 8)
            {
                return null;
            }
        }

        return bits % 8 == 0 ? (long)(bits / 8) : null;
    }

    private CheckpointException Twice(string key) => Fault($"{key} occurs twice");

    private CheckpointException Missing(string key) => Fault($"{key} is missing");

    private CheckpointException Fault(string fault) => new(path, name, fault);
}
