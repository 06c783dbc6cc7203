namespace DaprMoE.Predictors;

/// <summary>The rows of a recording, one per token.</summary>
internal sealed class RecordedRows
{
    /// <summary>The token id of each row.</summary>
    public required int[] TokenIds { get; init; }

    /// <summary>For each MoE layer the gate inputs, [rows, H], bf16.</summary>
    public required ushort[][] GateInputs { get; init; }

    /// <summary>For each MoE layer the chosen experts, [rows, k], by weight, descending.</summary>
    public required ushort[][] Choices { get; init; }

    /// <summary>Room for rows of a model.</summary>
    public static RecordedRows For(MoeShape shape, int rows) => new()
    {
        TokenIds = new int[rows],
        GateInputs = [.. shape.Layers.Select(_ => new ushort[checked(rows * shape.HiddenSize)])],
        Choices = [.. shape.Layers.Select(layer => new ushort[checked(rows * layer.TopK)])],
    };
}
