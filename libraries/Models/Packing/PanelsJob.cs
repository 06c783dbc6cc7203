using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>
/// Packs a matrix into panels. Panels depend on their own rows alone, so portions of whole panels can follow one another.
/// </summary>
internal sealed class PanelsJob(SourceReader source, DType type, int outputs, int inputs, long offset) : PackJob
{
    /// <inheritdoc/>
    public override long SourceBytes => source.ByteLength;

    /// <inheritdoc/>
    public override void Run(PackTarget target)
    {
        source.RequireType(type, "its likes in the other experts of the layer are");
        int rowBytes = inputs * type.Size();
        int portion = PortionRows(rowBytes, outputs);
        using PortionBuffer rowBuffer = new(portion * rowBytes);
        using PortionBuffer panelBuffer = new((int)PackedMatrix.BytesFor(portion, inputs, type));
        long position = offset;
        for (int row = 0; row < outputs; row += portion)
        {
            int count = Math.Min(portion, outputs - row);
            Span<byte> rows = rowBuffer.Bytes(count * rowBytes);
            Span<byte> panels = panelBuffer.Bytes((int)PackedMatrix.BytesFor(count, inputs, type));
            source.Read(rows);
            Pack(rows, row, count, panels);
            target.Write(position, panels);
            target.Done(rows.Length);
            position += panels.Length;
        }
    }

    private void Pack(ReadOnlySpan<byte> rows, int first, int count, Span<byte> panels)
    {
        try
        {
            MatrixPacker.Pack(rows, type, count, inputs, panels);
        }
        catch (InvalidDataException fault)
        {
            throw source.Fault($"in the rows from {first}: {fault.Message}");
        }
    }
}
