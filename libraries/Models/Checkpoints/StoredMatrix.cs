using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>A matrix as a checkpoint stores it: row-major, [rows, columns], in the file's own place and format.</summary>
public sealed class StoredMatrix
{
    private readonly SafetensorsTensor _tensor;

    internal StoredMatrix(SafetensorsFile file, SafetensorsTensor tensor, DType type)
    {
        File = file;
        _tensor = tensor;
        Type = type;
    }

    /// <summary>The file that holds it; it belongs to the checkpoint.</summary>
    public SafetensorsFile File { get; }

    /// <summary>The stored format.</summary>
    public DType Type { get; }

    /// <summary>Rows: outputs of the projection.</summary>
    public long Rows => _tensor.Shape[0];

    /// <summary>Columns: inputs of the projection.</summary>
    public long Columns => _tensor.Shape[1];

    /// <summary>Values.</summary>
    public long Elements => _tensor.Elements;

    /// <summary>Whether its values begin at a multiple of their size, so that they can be computed with where they lie.</summary>
    public bool IsAligned => _tensor.Offset % Type.Size() == 0;

    /// <summary>The mapped bytes, valid while the checkpoint is open.</summary>
    /// <exception cref="CheckpointException">It is longer than a span can be (2 GB).</exception>
    public ReadOnlySpan<byte> Mapped => File.Data(_tensor.Name);

    /// <summary>Tells the kernel to drop the mapped pages; what is read again comes from the file.</summary>
    public void Drop() => File.Drop(_tensor);

    /// <summary>Copies values.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="destination">Receives whole values; its length is how many bytes are read.</param>
    /// <exception cref="CheckpointException">The file can't be read or has become shorter than when it was opened.</exception>
    public void Read(long first, Span<byte> destination) => File.Read(_tensor, first * Type.Size(), destination);
}
