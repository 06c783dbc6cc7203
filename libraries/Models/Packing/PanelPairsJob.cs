using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Packs gate and up of a gated network into panels in turn.</summary>
internal sealed class PanelPairsJob(SourceReader gate, SourceReader up, DType type, int ffn, int inputs, long offset) : PackJob
{
    /// <inheritdoc/>
    public override long SourceBytes => gate.ByteLength + up.ByteLength;

    /// <inheritdoc/>
    public override void Run(PackTarget target)
    {
        gate.RequireType(type, "its likes in the other experts of the layer are");
        up.RequireType(type, "the gate projection beside it is");
        int rowBytes = inputs * type.Size();
        int portion = PortionRows(rowBytes, ffn);
        using PortionBuffer gateBuffer = new(portion * rowBytes);
        using PortionBuffer upBuffer = new(portion * rowBytes);
        using PortionBuffer panelBuffer = new(2 * (int)PackedMatrix.BytesFor(portion, inputs, type));
        long position = offset;
        for (int row = 0; row < ffn; row += portion)
        {
            int count = Math.Min(portion, ffn - row);
            Span<byte> gateRows = gateBuffer.Bytes(count * rowBytes);
            Span<byte> upRows = upBuffer.Bytes(count * rowBytes);
            Span<byte> panels = panelBuffer.Bytes(2 * (int)PackedMatrix.BytesFor(count, inputs, type));
            gate.Read(gateRows);
            up.Read(upRows);
            Pack(gateRows, upRows, row, count, panels);
            target.Write(position, panels);
            target.Done(gateRows.Length + upRows.Length);
            position += panels.Length;
        }
    }

    private void Pack(ReadOnlySpan<byte> gateRows, ReadOnlySpan<byte> upRows, int first, int count, Span<byte> panels)
    {
        try
        {
            MatrixPacker.PackGateUp(gateRows, upRows, type, count, inputs, panels);
        }
        catch (InvalidDataException fault)
        {
            throw gate.Fault($"it or the up projection beside it, in the rows from {first}: {fault.Message}");
        }
    }
}
