using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>
/// Brings weights from the order of checkpoints ([outputs, inputs], row by row) into the order of <see cref="PackedMatrix"/>.
/// </summary>
public static class MatrixPacker
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    /// <summary>Packs a matrix.</summary>
    /// <param name="rowMajor">The values, [outputs, inputs], little-endian.</param>
    /// <param name="type">Their format, which is kept.</param>
    /// <param name="outputs">Rows.</param>
    /// <param name="inputs">Columns.</param>
    /// <param name="destination">Receives <see cref="PackedMatrix.BytesFor"/> bytes.</param>
    /// <exception cref="ArgumentException">A span's length does not fit the shape.</exception>
    /// <exception cref="InvalidDataException">An f16 value is infinite or NaN; the message names its row and column.</exception>
    public static void Pack(ReadOnlySpan<byte> rowMajor, DType type, int outputs, int inputs, Span<byte> destination)
    {
        RequireLength(rowMajor.Length, SourceBytes(outputs, inputs, type), nameof(rowMajor));
        RequireLength(destination.Length, PackedMatrix.BytesFor(outputs, inputs, type), nameof(destination));
        PackPanels(rowMajor, type, outputs, inputs, destination, panelStep: 1);
    }

    /// <summary>
    /// Packs the two matrices of a gated expert into one whose panels alternate: gate panel 0, up panel 0, gate panel 1, …
    /// The result counts as a <see cref="PackedMatrix"/> with 2·roundup(<paramref name="ffn"/>, 32) outputs.
    /// </summary>
    /// <param name="gate">The gate projection, [ffn, inputs].</param>
    /// <param name="up">The up projection, [ffn, inputs].</param>
    /// <param name="type">The format of both.</param>
    /// <param name="ffn">Rows of each.</param>
    /// <param name="inputs">Columns of each.</param>
    /// <param name="destination">Receives twice the <see cref="PackedMatrix.BytesFor"/> bytes of one.</param>
    /// <exception cref="ArgumentException">A span's length does not fit the shape.</exception>
    /// <exception cref="InvalidDataException">An f16 value is infinite or NaN; the message names its row and column.</exception>
    public static void PackGateUp(
        ReadOnlySpan<byte> gate, ReadOnlySpan<byte> up, DType type, int ffn, int inputs, Span<byte> destination)
    {
        RequireLength(gate.Length, SourceBytes(ffn, inputs, type), nameof(gate));
        RequireLength(up.Length, SourceBytes(ffn, inputs, type), nameof(up));
        RequireLength(destination.Length, 2 * PackedMatrix.BytesFor(ffn, inputs, type), nameof(destination));
        PackPanels(gate, type, ffn, inputs, destination, panelStep: 2);
        if (ffn > 0)
        {
            PackPanels(up, type, ffn, inputs, destination[(PanelWidth * inputs * type.Size())..], panelStep: 2);
        }
    }

    /// <summary>Reads a packed matrix back as floats, exactly.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rowMajor">Receives its values, [outputs, inputs].</param>
    /// <exception cref="ArgumentException">The span's length does not fit the shape.</exception>
    public static unsafe void Unpack(PackedMatrix matrix, Span<float> rowMajor)
    {
        if (rowMajor.Length != (long)matrix.Outputs * matrix.Inputs)
        {
            throw new ArgumentException(
                $"The result has {rowMajor.Length} values; the matrix has {matrix.Outputs} x {matrix.Inputs}.", nameof(rowMajor));
        }

        var line = stackalloc float[PanelWidth];
        for (var output = 0; output < matrix.Outputs; output++)
        {
            var panel = (byte*)matrix.Data + (output / PanelWidth * matrix.PanelBytes);
            var row = output % PanelWidth;
            var slot = matrix.Type == DType.F32 ? row : HalfSlot(row);
            for (var k = 0; k < matrix.Inputs; k++)
            {
                Widening.Widen(matrix.Type, panel + (((k * PanelWidth) + slot) * matrix.Type.Size()), line, 1);
                rowMajor[(output * matrix.Inputs) + k] = line[0];
            }
        }
    }

    private static long SourceBytes(int outputs, int inputs, DType type)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputs);
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        return (long)outputs * inputs * type.Size();
    }

    private static void RequireLength(int actual, long expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} has {actual} bytes; this shape and format take exactly {expected}.", name);
        }
    }

    private static void PackPanels(
        ReadOnlySpan<byte> source, DType type, int outputs, int inputs, Span<byte> destination, int panelStep)
    {
        var panelValues = PanelWidth * inputs;
        for (var first = 0; first < outputs; first += PanelWidth)
        {
            var start = first * panelStep * inputs;
            var rows = Math.Min(PanelWidth, outputs - first);
            if (type == DType.F32)
            {
                var panel = MemoryMarshal.Cast<byte, float>(destination).Slice(start, panelValues);
                PackPanel(MemoryMarshal.Cast<byte, float>(source)[(first * inputs)..], rows, inputs, panel);
            }
            else
            {
                var panel = MemoryMarshal.Cast<byte, ushort>(destination).Slice(start, panelValues);
                PackHalfPanel(MemoryMarshal.Cast<byte, ushort>(source)[(first * inputs)..], rows, inputs, panel, type, first);
            }
        }
    }

    private static void PackPanel(ReadOnlySpan<float> source, int rows, int inputs, Span<float> panel)
    {
        panel.Clear();
        for (var row = 0; row < rows; row++)
        {
            var values = source.Slice(row * inputs, inputs);
            for (var k = 0; k < inputs; k++)
            {
                panel[(k * PanelWidth) + row] = values[k];
            }
        }
    }

    /// <summary>A word of 32 bits holds output j below output j + 16, so in units of 16 bits the order is 0, 16, 1, 17, …</summary>
    private static int HalfSlot(int row) => row < 16 ? 2 * row : (2 * (row - 16)) + 1;

    private static void PackHalfPanel(
        ReadOnlySpan<ushort> source, int rows, int inputs, Span<ushort> panel, DType type, int firstRow)
    {
        panel.Clear();
        for (var row = 0; row < rows; row++)
        {
            var values = source.Slice(row * inputs, inputs);
            var slot = HalfSlot(row);
            for (var k = 0; k < inputs; k++)
            {
                if (type == DType.F16 && (values[k] & 0x7c00) == 0x7c00)
                {
                    ThrowNotFinite(values[k], firstRow + row, k);
                }

                panel[(k * PanelWidth) + slot] = values[k];
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowNotFinite(ushort bits, int row, int column) => throw new InvalidDataException(
        $"The f16 value at row {row}, column {column} is {BitConverter.UInt16BitsToHalf(bits)}; only finite weights can be packed.");
}
