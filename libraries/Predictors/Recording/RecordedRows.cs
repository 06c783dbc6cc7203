namespace DaprMoE.Predictors;

/// <summary>The rows of a recording, one per token.</summary>
internal sealed class RecordedRows
{
    public RecordedRows(MoeShape shape, int rows)
    {
        TokenIds = new int[rows];
        GateInputs = [.. shape.Layers.Select(_ => new ushort[checked(rows * shape.HiddenSize)])];
        Choices = [.. shape.Layers.Select(layer => new ushort[checked(rows * layer.TopK)])];
    }

    /// <summary>The token id of each row.</summary>
    public int[] TokenIds { get; }

    /// <summary>For each MoE layer the gate inputs, [rows, H], bf16.</summary>
    public ushort[][] GateInputs { get; }

    /// <summary>For each MoE layer the chosen experts, [rows, k], by weight, descending.</summary>
    public ushort[][] Choices { get; }
}
