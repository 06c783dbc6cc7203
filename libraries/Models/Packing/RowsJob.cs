using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Copies a matrix row by row as it is.</summary>
internal sealed class RowsJob(SourceReader source, PackedEntry entry) : PackJob
{
    /// <inheritdoc/>
    public override long SourceBytes => source.ByteLength;

    /// <inheritdoc/>
    public override void Run(PackTarget target)
    {
        int rowBytes = entry.Columns * entry.Type.Size();
        int portion = PortionRows(rowBytes, entry.Rows);
        using PortionBuffer buffer = new(portion * rowBytes);
        for (int row = 0; row < entry.Rows; row += portion)
        {
            Span<byte> bytes = buffer.Bytes(Math.Min(portion, entry.Rows - row) * rowBytes);
            source.Read(bytes);
            target.Write(entry.Offset + ((long)row * rowBytes), bytes);
            target.Done(bytes.Length);
        }
    }
}
