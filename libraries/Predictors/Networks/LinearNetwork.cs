using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>A gate: one matrix and a bias.</summary>
internal sealed unsafe class LinearNetwork : TrainableNetwork
{
    private readonly DenseLayer _layer;
    private readonly DenseLayer _gradient;
    private readonly NativeBuffer _transposed;
    private readonly NativeBuffer _panels;
    private readonly MatMulTask[] _forward = new MatMulTask[1];
    private readonly MatMulTask[] _backward;
    private readonly nint _panelStride;

    public LinearNetwork(int inputs, int outputs, int maxRows)
        : base(inputs, outputs, DenseLayer.Floats(inputs, outputs), maxRows)
    {
        _layer = new DenseLayer(inputs, outputs, Parameters);
        _gradient = new DenseLayer(inputs, outputs, Gradients);
        _panelStride = (nint)maxRows * PackedMatrix.PanelWidth;
        int panels = DenseLayer.PanelsOf(outputs);
        _transposed = new NativeBuffer((long)inputs * maxRows * sizeof(float));
        _panels = new NativeBuffer(panels * _panelStride * sizeof(float));
        _backward = new MatMulTask[panels];
    }

    public override int WidestRow => Inputs;

    /// <summary>Sets the parameters.</summary>
    public void Set(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) => _layer.Set(weights, bias);

    public override void Forward(MatMul matMul, float* x, int* rowIndex, int rows, float* logits)
    {
        _forward[0] = _layer.Product(x, Inputs, rowIndex, rows, logits);
        matMul.Run(_forward);
    }

    public override void Backward(MatMul matMul, float* x, int* rowIndex, int rows, float* logitGradients)
    {
        PanelRows.Transpose(x, Inputs, rowIndex, rows, _transposed.Floats, MaxRows);
        PanelRows.ToPanels(logitGradients, rows, Outputs, _panels.Floats, _panelStride);
        for (int panel = 0; panel < _backward.Length; panel++)
        {
            _backward[panel] = _gradient.WeightGradient(panel, _transposed.Floats, MaxRows, rows, _panels.Floats + (panel * _panelStride));
        }

        matMul.Run(_backward);
        PanelRows.SumColumns(_panels.Floats, _backward.Length, _panelStride, rows, _gradient.Bias);
    }

    public override NetworkWeights ToWeights()
    {
        (float[] weights, float[] bias) = _layer.Get();
        return new NetworkWeights([DenseWeights.Round(Inputs, Outputs, weights, bias)]);
    }

    public override void Dispose()
    {
        base.Dispose();
        _transposed.Dispose();
        _panels.Dispose();
    }
}
