using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>One iteration's rows, and what is done with them: a forecast, or the layer's own gate as the forward pass runs it.</summary>
internal sealed unsafe class CostBench : IDisposable
{
    private readonly LoadPredictorSetup _setup;
    private readonly MoeLayerShape _source;
    private readonly MoeLayerShape _target;
    private readonly float[] _input;
    private readonly int[] _tokens;
    private readonly float[] _loads;
    private readonly MatMul _matMul;
    private readonly NativeBuffer _x;
    private readonly NativeBuffer _logits;
    private readonly NativeBuffer _choices;
    private readonly MatMulTask[] _task = new MatMulTask[1];
    private readonly int _rows;

    public CostBench(LoadPredictorSetup setup, int rows)
    {
        _setup = setup;
        _rows = rows;
        MoeShape shape = setup.Shape;
        int distance = setup.Distances[0];
        if (shape.Layers.Count <= distance)
        {
            throw new PredictorException($"The model has {shape.Layers.Count} MoE layers, none of which is {distance} after another.");
        }

        _source = shape.Layers[0];
        _target = shape.Layers[distance];
        Random random = new(1);
        _input = [.. Enumerable.Range(0, rows * shape.HiddenSize).Select(_ => (random.NextSingle() * 2) - 1)];
        _tokens = [.. Enumerable.Range(0, rows).Select(_ => random.Next(shape.VocabularySize))];
        _loads = new float[_target.Experts];
        _matMul = new MatMul(setup.Workers, (long)rows * shape.HiddenSize);
        _x = new NativeBuffer((long)_input.Length * sizeof(float));
        _input.CopyTo(new Span<float>(_x.Floats, _input.Length));
        _logits = new NativeBuffer((long)rows * _target.Experts * sizeof(float));
        _choices = new NativeBuffer((long)rows * _target.TopK * sizeof(int));
    }

    public void Forecast(ILoadPredictor predictor) => predictor.Forecast(
        new ForecastInput { Layer = _target.Layer, Source = _source.Layer, Rows = _rows, GateInput = _input, Tokens = _tokens }, _loads);

    public void OwnGate()
    {
        PackedMatrix gate = _setup.Model.Weights.Layers[_target.Layer].Gate!.Value;
        _task[0] = new MatMulTask
        {
            Input = _x.Floats,
            InputStride = gate.Inputs,
            Rows = _rows,
            Weights = gate,
            Output = _logits.Floats,
            OutputStride = gate.Outputs,
            Columns = gate.Outputs,
        };
        _matMul.Run(_task);
        ChoiceJob job = new(_logits.Floats, (int*)_choices.Pointer, _rows, gate.Outputs, _target.TopK);
        _setup.Workers.Run(ref job);
    }

    public void Dispose()
    {
        _matMul.Dispose();
        _x.Dispose();
        _logits.Dispose();
        _choices.Dispose();
    }

    private readonly struct ChoiceJob(float* logits, int* choices, int rows, int experts, int topK) : IWorkerJob
    {
        public void Execute(int worker, int workers)
        {
            WorkShare share = new(rows, worker, workers);
            for (int row = (int)share.From; row < share.To; row++)
            {
                float* line = logits + ((long)row * experts);
                VectorMath.Best.Softmax(line, line, experts);
                LargestLogits.Take(line, experts, choices + ((long)row * topK), topK);
            }
        }
    }
}
