using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>
/// A matrix and its bias in kernel order, as training changes them: panels of 32 outputs, then one bias per output, padded to whole panels.
/// A view of memory that a network owns; gradients have the same layout.
/// </summary>
internal readonly unsafe struct DenseLayer(int inputs, int outputs, float* memory)
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    public PackedMatrix Weights => new((nint)memory, outputs, inputs, DType.F32);

    public float* Bias => memory + (Weights.ByteLength / sizeof(float));

    public static int Floats(int inputs, int outputs) => PanelsOf(outputs) * PackedMatrix.PanelWidth * (inputs + 1);

    public static int PanelsOf(int outputs) => (outputs + PackedMatrix.PanelWidth - 1) / PackedMatrix.PanelWidth;

    /// <summary>y = W·x + b for each row.</summary>
    public MatMulTask Product(float* x, nint stride, int* rowIndex, int rows, float* y) => new()
    {
        Input = x,
        InputStride = stride,
        RowIndex = rowIndex,
        Rows = rows,
        Weights = Weights,
        Bias = Bias,
        Output = y,
        OutputStride = outputs,
        Columns = outputs,
    };

    /// <summary>The weights' gradient, one task per panel: xᵀ times the outputs' gradient, which lies in panels of [rows, 32].</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="transposed">The inputs, [inputs, rows].</param>
    /// <param name="stride">Floats from one of their rows to the next.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="gradientPanel">The panel of the outputs' gradient.</param>
    public MatMulTask WeightGradient(int panel, float* transposed, nint stride, int rows, float* gradientPanel)
    {
        int width = Math.Min(PackedMatrix.PanelWidth, outputs - (panel * PackedMatrix.PanelWidth));
        return new MatMulTask
        {
            Input = transposed,
            InputStride = stride,
            Rows = inputs,
            Weights = new PackedMatrix((nint)gradientPanel, width, rows, DType.F32),
            Output = memory + ((long)panel * inputs * PackedMatrix.PanelWidth),
            OutputStride = PackedMatrix.PanelWidth,
            Columns = width,
        };
    }

    /// <summary>Sets weights and bias; the padding becomes 0.</summary>
    public void Set(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        Span<byte> destination = new(memory, (int)Weights.ByteLength);
        MatrixPacker.Pack(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights), DType.F32, outputs, inputs, destination);
        Span<float> padded = new(Bias, PanelsOf(outputs) * PackedMatrix.PanelWidth);
        padded.Clear();
        bias.CopyTo(padded);
    }

    /// <summary>Weights [outputs, inputs] and bias as they are now.</summary>
    public (float[] Weights, float[] Bias) Get()
    {
        float[] weights = new float[outputs * inputs];
        MatrixPacker.Unpack(Weights, weights);
        return (weights, new ReadOnlySpan<float>(Bias, outputs).ToArray());
    }
}
