using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Runs networks on an engine's rows. One set of buffers serves all layers.</summary>
internal sealed unsafe class NetworkForecaster : IDisposable
{
    private readonly WorkerPool _workers;
    private readonly MatMul _matMul;
    private readonly NativeBuffer _logits;
    private readonly NativeBuffer _choices;
    private readonly int _maxRows;

    public NetworkForecaster(MoeShape shape, WorkerPool workers, int maxRows, int widestRow)
    {
        _workers = workers;
        _maxRows = maxRows;
        _matMul = new MatMul(workers, (long)maxRows * widestRow);
        _logits = new NativeBuffer((long)maxRows * shape.Layers.Max(layer => layer.Experts) * sizeof(float));
        _choices = new NativeBuffer((long)maxRows * shape.Layers.Max(layer => layer.TopK) * sizeof(int));
    }

    public void Forecast(ServingNetwork network, LoadForm form, int topK, in ForecastInput input, Span<float> loads)
    {
        int rows = input.Rows;
        int experts = network.Outputs;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _maxRows, nameof(input));
        LayerHistories.RequireLength(input.GateInput.Length, rows * network.Inputs, nameof(input.GateInput));
        LayerHistories.RequireLength(loads.Length, experts, nameof(loads));
        fixed (float* x = input.GateInput)
        {
            network.Forward(_matMul, x, null, rows, _logits.Floats);
        }

        bool wantsChoices = form == LoadForm.Counts || !input.Choices.IsEmpty;
        RowsJob job = new(_logits.Floats, (int*)_choices.Pointer, rows, experts, wantsChoices ? topK : 0, form == LoadForm.Soft);
        _workers.Run(ref job);
        ReadOnlySpan<int> choices = new(_choices.Pointer, wantsChoices ? rows * topK : 0);
        if (!input.Choices.IsEmpty)
        {
            choices.CopyTo(input.Choices);
        }

        Sum(form, rows, topK, choices, loads);
    }

    public void Dispose()
    {
        _matMul.Dispose();
        _logits.Dispose();
        _choices.Dispose();
    }

    /// <summary>In the order of rows, on one thread: the sums do not depend on how many there are.</summary>
    private void Sum(LoadForm form, int rows, int topK, ReadOnlySpan<int> choices, Span<float> loads)
    {
        loads.Clear();
        if (form == LoadForm.Counts)
        {
            foreach (int expert in choices)
            {
                loads[expert]++;
            }

            return;
        }

        float* shares = _logits.Floats;
        for (int row = 0; row < rows; row++)
        {
            for (int expert = 0; expert < loads.Length; expert++)
            {
                loads[expert] += topK * shares[(row * loads.Length) + expert];
            }
        }
    }

    private readonly struct RowsJob(float* logits, int* choices, int rows, int experts, int topK, bool soft) : IWorkerJob
    {
        public void Execute(int worker, int workers)
        {
            WorkShare share = new(rows, worker, workers);
            for (int row = (int)share.From; row < share.To; row++)
            {
                float* line = logits + ((long)row * experts);
                LargestLogits.Take(line, experts, choices + ((long)row * topK), topK);
                if (soft)
                {
                    VectorMath.Best.Softmax(line, line, experts);
                }
            }
        }
    }
}
