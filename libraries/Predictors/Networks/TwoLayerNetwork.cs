using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Two matrices with max(0, ·) between them, trained from scratch.</summary>
internal sealed unsafe class TwoLayerNetwork : TrainableNetwork
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    private readonly int _units;
    private readonly DenseLayer _up;
    private readonly DenseLayer _down;
    private readonly DenseLayer _upGradient;
    private readonly DenseLayer _downGradient;
    private readonly NativeBuffer _hidden;
    private readonly NativeBuffer _hiddenTransposed;
    private readonly NativeBuffer _hiddenGradient;
    private readonly NativeBuffer _transposed;
    private readonly NativeBuffer _panels;
    private readonly NativeBuffer _downTransposed;
    private readonly MatMulTask[] _product = new MatMulTask[1];
    private readonly MatMulTask[] _unitTasks;
    private readonly MatMulTask[] _outputTasks;
    private readonly nint _panelStride;

    /// <param name="inputs">Width of a row.</param>
    /// <param name="units">Units between the matrices, a multiple of 32.</param>
    /// <param name="outputs">Experts.</param>
    /// <param name="maxRows">Most rows of one batch.</param>
    public TwoLayerNetwork(int inputs, int units, int outputs, int maxRows)
        : base(inputs, outputs, DenseLayer.Floats(inputs, units) + DenseLayer.Floats(units, outputs), maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(units % PanelWidth, 0, nameof(units));
        _units = units;
        int second = DenseLayer.Floats(inputs, units);
        _up = new DenseLayer(inputs, units, Parameters);
        _down = new DenseLayer(units, outputs, Parameters + second);
        _upGradient = new DenseLayer(inputs, units, Gradients);
        _downGradient = new DenseLayer(units, outputs, Gradients + second);
        _panelStride = (nint)maxRows * PanelWidth;
        _unitTasks = new MatMulTask[units / PanelWidth];
        _outputTasks = new MatMulTask[DenseLayer.PanelsOf(outputs)];
        _hidden = Floats((long)units * maxRows);
        _hiddenTransposed = Floats((long)units * maxRows);
        _hiddenGradient = Floats(_unitTasks.Length * _panelStride);
        _transposed = Floats((long)inputs * maxRows);
        _panels = Floats(_outputTasks.Length * _panelStride);
        _downTransposed = Floats((long)units * outputs);
    }

    public override int WidestRow => Math.Max(Inputs, _units);

    /// <summary>Draws the weights: normal, so that the variance stays alike from layer to layer.</summary>
    public void Draw(Random random)
    {
        _up.Set(Normal(random, _units * Inputs, Math.Sqrt(2.0 / Inputs)), new float[_units]);
        _down.Set(Normal(random, Outputs * _units, Math.Sqrt(1.0 / _units)), new float[Outputs]);
    }

    public override void Forward(MatMul matMul, float* x, int* rowIndex, int rows, float* logits)
    {
        _product[0] = _up.Product(x, Inputs, rowIndex, rows, _hidden.Floats);
        matMul.Run(_product);
        Rectifier.Apply(new Span<float>(_hidden.Floats, rows * _units));
        _product[0] = _down.Product(_hidden.Floats, _units, null, rows, logits);
        matMul.Run(_product);
    }

    public override void Backward(MatMul matMul, float* x, int* rowIndex, int rows, float* logitGradients)
    {
        PanelRows.ToPanels(logitGradients, rows, Outputs, _panels.Floats, _panelStride);
        DownGradient(matMul, rows);
        HiddenGradient(matMul, rows, logitGradients);
        PanelRows.Transpose(x, Inputs, rowIndex, rows, _transposed.Floats, MaxRows);
        for (int panel = 0; panel < _unitTasks.Length; panel++)
        {
            _unitTasks[panel] = _upGradient.WeightGradient(panel, _transposed.Floats, MaxRows, rows, _hiddenGradient.Floats + (panel * _panelStride));
        }

        matMul.Run(_unitTasks);
        PanelRows.SumColumns(_hiddenGradient.Floats, _unitTasks.Length, _panelStride, rows, _upGradient.Bias);
    }

    public override NetworkWeights ToWeights()
    {
        (float[] up, float[] upBias) = _up.Get();
        (float[] down, float[] downBias) = _down.Get();
        return new NetworkWeights([DenseWeights.Round(Inputs, _units, up, upBias), DenseWeights.Round(_units, Outputs, down, downBias)]);
    }

    public override void Dispose()
    {
        base.Dispose();
        _hidden.Dispose();
        _hiddenTransposed.Dispose();
        _hiddenGradient.Dispose();
        _transposed.Dispose();
        _panels.Dispose();
        _downTransposed.Dispose();
    }

    private static NativeBuffer Floats(long count) => new(count * sizeof(float));

    private void DownGradient(MatMul matMul, int rows)
    {
        PanelRows.Transpose(_hidden.Floats, _units, null, rows, _hiddenTransposed.Floats, MaxRows);
        for (int panel = 0; panel < _outputTasks.Length; panel++)
        {
            float* gradient = _panels.Floats + (panel * _panelStride);
            _outputTasks[panel] = _downGradient.WeightGradient(panel, _hiddenTransposed.Floats, MaxRows, rows, gradient);
        }

        matMul.Run(_outputTasks);
        PanelRows.SumColumns(_panels.Floats, _outputTasks.Length, _panelStride, rows, _downGradient.Bias);
    }

    /// <summary>The gradient of the units, in panels, 0 where a unit was silent.</summary>
    private void HiddenGradient(MatMul matMul, int rows, float* logitGradients)
    {
        TransposeDown();
        for (int panel = 0; panel < _unitTasks.Length; panel++)
        {
            _unitTasks[panel] = new MatMulTask
            {
                Input = logitGradients,
                InputStride = Outputs,
                Rows = rows,
                Weights = new PackedMatrix(
                    (nint)(_downTransposed.Floats + ((long)panel * Outputs * PanelWidth)), PanelWidth, Outputs, DType.F32),
                Output = _hiddenGradient.Floats + (panel * _panelStride),
                OutputStride = PanelWidth,
                Columns = PanelWidth,
            };
        }

        matMul.Run(_unitTasks);
        for (int panel = 0; panel < _unitTasks.Length; panel++)
        {
            Rectifier.Silence(_hiddenGradient.Floats + (panel * _panelStride), _hidden.Floats + (panel * PanelWidth), _units, rows);
        }
    }

    /// <summary>The second matrix with units as outputs, in panels of 32 units.</summary>
    private void TransposeDown()
    {
        float* down = (float*)_down.Weights.Data;
        for (int output = 0; output < Outputs; output++)
        {
            float* panel = down + (output / PanelWidth * (long)_units * PanelWidth) + (output % PanelWidth);
            for (int unit = 0; unit < _units; unit++)
            {
                long at = ((long)(unit / PanelWidth) * Outputs * PanelWidth) + (output * PanelWidth) + (unit % PanelWidth);
                _downTransposed.Floats[at] = panel[unit * PanelWidth];
            }
        }
    }

    /// <summary>Normally distributed numbers, by Box and Muller.</summary>
    private static float[] Normal(Random random, int count, double deviation)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
