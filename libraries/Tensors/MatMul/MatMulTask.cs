namespace DaprMoE.Tensors;

/// <summary>One product y = x·Wᵀ for <see cref="MatMul.Run"/>. All memory belongs to the caller.</summary>
public readonly unsafe struct MatMulTask
{
    /// <summary>The first input row; each has <see cref="PackedMatrix.Inputs"/> floats.</summary>
    public required float* Input { get; init; }

    /// <summary>Floats from one input row to the next.</summary>
    public required nint InputStride { get; init; }

    /// <summary>The input row of each output row, or null when output row i reads input row i.</summary>
    public int* RowIndex { get; init; }

    /// <summary>Output rows; 0 and less mean no work.</summary>
    public required int Rows { get; init; }

    /// <summary>The weights.</summary>
    public required PackedMatrix Weights { get; init; }

    /// <summary>The first output row; each receives <see cref="Columns"/> floats.</summary>
    public required float* Output { get; init; }

    /// <summary>Floats from one output row to the next.</summary>
    public required nint OutputStride { get; init; }

    /// <summary>
    /// Columns to write: at most the outputs of <see cref="Weights"/>; with <see cref="MatMulActivation.GatedSilu"/> the gate's width.
    /// </summary>
    public required int Columns { get; init; }

    /// <summary>
    /// Null, or one value per output, added to the finished sum. With <see cref="MatMulActivation.GatedSilu"/> the values stand in the
    /// order of the packed panels: 32 of the gate, 32 of up, 32 of the gate, …
    /// </summary>
    public float* Bias { get; init; }

    /// <summary>What happens to the sums.</summary>
    public MatMulActivation Activation { get; init; }

    /// <summary>Panels that make up 32 columns.</summary>
    internal int PanelsPerUnit => Activation == MatMulActivation.GatedSilu ? 2 : 1;

    /// <summary>Groups of 32 columns.</summary>
    internal int Units => (Columns + PackedMatrix.PanelWidth - 1) / PackedMatrix.PanelWidth;

    /// <summary>Where the weights of a group of 32 columns begin.</summary>
    internal byte* UnitWeights(int unit) => (byte*)Weights.Data + ((long)unit * PanelsPerUnit * Weights.PanelBytes);

    internal float* InputRow(int row) => Input + ((RowIndex == null ? row : RowIndex[row]) * InputStride);

    internal bool ReadsSameRowsAs(in MatMulTask other) =>
        Input == other.Input && InputStride == other.InputStride && RowIndex == other.RowIndex
        && Rows == other.Rows && Weights.Inputs == other.Weights.Inputs;
}
