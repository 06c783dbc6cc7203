using System.Runtime.InteropServices;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>A stored network in kernel order, bf16: computes logits without allocation.</summary>
internal sealed unsafe class ServingNetwork : IDisposable
{
    private readonly NativeBuffer[] _weights;
    private readonly NativeBuffer[] _biases;
    private readonly PackedMatrix[] _matrices;
    private readonly NativeBuffer? _hidden;
    private readonly MatMulTask[] _task = new MatMulTask[1];

    /// <param name="weights">The network.</param>
    /// <param name="maxRows">Most rows of one call.</param>
    public ServingNetwork(NetworkWeights weights, int maxRows)
    {
        Inputs = weights.Inputs;
        Outputs = weights.Outputs;
        _weights = new NativeBuffer[weights.Layers.Count];
        _biases = new NativeBuffer[weights.Layers.Count];
        _matrices = new PackedMatrix[weights.Layers.Count];
        for (int i = 0; i < _matrices.Length; i++)
        {
            DenseWeights layer = weights.Layers[i];
            _weights[i] = new NativeBuffer(PackedMatrix.BytesFor(layer.Outputs, layer.Inputs, DType.BF16));
            _matrices[i] = new PackedMatrix((nint)_weights[i].Pointer, layer.Outputs, layer.Inputs, DType.BF16);
            Span<byte> packed = new(_weights[i].Pointer, (int)_weights[i].Length);
            MatrixPacker.Pack(MemoryMarshal.AsBytes(layer.Weights.AsSpan()), DType.BF16, layer.Outputs, layer.Inputs, packed);
            _biases[i] = new NativeBuffer((long)layer.Outputs * sizeof(float));
            layer.Bias.CopyTo(new Span<float>(_biases[i].Floats, layer.Outputs));
        }

        if (_matrices.Length > 1)
        {
            _hidden = new NativeBuffer((long)maxRows * _matrices[0].Outputs * sizeof(float));
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The widest row that is multiplied.</summary>
    public int WidestRow => _matrices.Max(matrix => matrix.Inputs);

    /// <summary>Logits [rows, outputs] of rows, taken by index or in order.</summary>
    public void Forward(MatMul matMul, float* x, int* rowIndex, int rows, float* logits)
    {
        if (_hidden is null)
        {
            Multiply(matMul, 0, x, rowIndex, rows, logits);
            return;
        }

        Multiply(matMul, 0, x, rowIndex, rows, _hidden.Floats);
        Rectifier.Apply(new Span<float>(_hidden.Floats, rows * _matrices[0].Outputs));
        Multiply(matMul, 1, _hidden.Floats, null, rows, logits);
    }

    public void Dispose()
    {
        Array.ForEach(_weights, buffer => buffer.Dispose());
        Array.ForEach(_biases, buffer => buffer.Dispose());
        _hidden?.Dispose();
    }

    private void Multiply(MatMul matMul, int layer, float* x, int* rowIndex, int rows, float* y)
    {
        PackedMatrix matrix = _matrices[layer];
        _task[0] = new MatMulTask
        {
            Input = x,
            InputStride = matrix.Inputs,
            RowIndex = rowIndex,
            Rows = rows,
            Weights = matrix,
            Bias = _biases[layer].Floats,
            Output = y,
            OutputStride = matrix.Outputs,
            Columns = matrix.Outputs,
        };
        matMul.Run(_task);
    }
}
