using System.Runtime.InteropServices;

namespace DaprMoE.Predictors;

/// <summary>
/// How one token is kept while it is recorded: its id, then the gate inputs of all MoE layers as bf16, then their chosen experts as 16 bits each.
/// </summary>
internal sealed class RowLayout
{
    private readonly int[] _choiceOffset;
    private readonly int _hidden;

    public RowLayout(MoeShape shape)
    {
        _hidden = shape.HiddenSize;
        _choiceOffset = new int[shape.Layers.Count];
        int offset = sizeof(int) + (shape.Layers.Count * shape.HiddenSize * sizeof(ushort));
        for (int index = 0; index < _choiceOffset.Length; index++)
        {
            _choiceOffset[index] = offset;
            offset += shape.Layers[index].TopK * sizeof(ushort);
        }

        Bytes = (offset + 3) & ~3;
    }

    /// <summary>Bytes of one token.</summary>
    public int Bytes { get; }

    public static int Token(ReadOnlySpan<byte> row) => MemoryMarshal.Read<int>(row);

    public static void SetToken(Span<byte> row, int token) => MemoryMarshal.Write(row, token);

    public Span<ushort> GateInput(Span<byte> row, int index) =>
        MemoryMarshal.Cast<byte, ushort>(row.Slice(sizeof(int) + (index * _hidden * sizeof(ushort)), _hidden * sizeof(ushort)));

    public Span<ushort> Choices(Span<byte> row, int index, int topK) =>
        MemoryMarshal.Cast<byte, ushort>(row.Slice(_choiceOffset[index], topK * sizeof(ushort)));
}
