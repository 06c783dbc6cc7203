using System.Numerics;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>
/// Fits a network to target shares by cross-entropy: minibatches in a seeded order, Adam with a falling step size, early stop on rows of
/// other prompts. The same rows, options and seed give the same parameters.
/// </summary>
internal sealed unsafe class NetworkTrainer : IDisposable
{
    private readonly TrainableNetwork _network;
    private readonly TrainingRows _rows;
    private readonly float[] _targets;
    private readonly TrainingOptions _options;
    private readonly WorkerPool _worker = new(1);
    private readonly MatMul _matMul;
    private readonly NativeBuffer _logits;
    private readonly float[] _start;
    private readonly float[] _best;

    /// <param name="network">The network, at its start.</param>
    /// <param name="rows">Inputs.</param>
    /// <param name="targets">For each of the rows, shares of the experts that add up to 1, [rows, E].</param>
    /// <param name="options">How to fit.</param>
    public NetworkTrainer(TrainableNetwork network, TrainingRows rows, float[] targets, TrainingOptions options)
    {
        _network = network;
        _rows = rows;
        _targets = targets;
        _options = options;
        _matMul = new MatMul(_worker, (long)network.WidestRow * network.MaxRows);
        _logits = new NativeBuffer((long)network.MaxRows * network.Outputs * sizeof(float));
        _start = Snapshot();
        _best = Snapshot();
    }

    /// <summary>Fits, and leaves the network at the parameters with the smallest error on the early-stop rows.</summary>
    /// <param name="train">Rows to fit.</param>
    /// <param name="earlyStop">Rows of other prompts that say when to stop.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <returns>The smallest error.</returns>
    public double Train(ReadOnlySpan<int> train, ReadOnlySpan<int> earlyStop, CancellationToken cancellationToken)
    {
        using Adam adam = new(_network.Length);
        Random random = new(_options.Seed);
        int[] order = train.ToArray();
        int steps = _options.Epochs * ((order.Length + _options.Minibatch - 1) / _options.Minibatch);
        int step = 0;
        double least = Error(earlyStop);
        int since = 0;
        for (int epoch = 0; epoch < _options.Epochs && since < _options.Patience; epoch++)
        {
            random.Shuffle(order);
            for (int first = 0; first < order.Length; first += _options.Minibatch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<int> batch = order.AsSpan(first, Math.Min(_options.Minibatch, order.Length - first));
                Gradient(batch);
                double done = (double)step++ / steps;
                adam.Step(_network.Parameters, _network.Gradients, _options.Rate * (1 - (done * (1 - _options.LastRate))));
            }

            double error = Error(earlyStop);
            since = error < least ? 0 : since + 1;
            if (error < least)
            {
                least = error;
                Snapshot().CopyTo(_best, 0);
            }
        }

        _best.CopyTo(new Span<float>(_network.Parameters, _network.Length));
        return least;
    }

    /// <summary>Fills the gradients of the mean loss of a batch, the pull included.</summary>
    public void Gradient(ReadOnlySpan<int> batch)
    {
        fixed (int* index = batch)
        {
            _network.Forward(_matMul, _rows.Pointer, index, batch.Length, _logits.Floats);
            ToLogitGradients(batch);
            _network.Backward(_matMul, _rows.Pointer, index, batch.Length, _logits.Floats);
        }

        if (_options.Pull > 0)
        {
            AddPull((float)_options.Pull);
        }
    }

    /// <summary>Mean cross-entropy of rows, without the pull.</summary>
    public double Error(ReadOnlySpan<int> rows)
    {
        double sum = 0;
        for (int first = 0; first < rows.Length; first += _network.MaxRows)
        {
            ReadOnlySpan<int> chunk = rows.Slice(first, Math.Min(_network.MaxRows, rows.Length - first));
            fixed (int* index = chunk)
            {
                _network.Forward(_matMul, _rows.Pointer, index, chunk.Length, _logits.Floats);
            }

            for (int i = 0; i < chunk.Length; i++)
            {
                sum += CrossEntropy(_logits.Floats + (i * _network.Outputs), Targets(chunk[i]));
            }
        }

        return rows.Length == 0 ? 0 : sum / rows.Length;
    }

    public void Dispose()
    {
        _matMul.Dispose();
        _logits.Dispose();
        _worker.Dispose();
    }

    private ReadOnlySpan<float> Targets(int row) => _targets.AsSpan(row * _network.Outputs, _network.Outputs);

    private void ToLogitGradients(ReadOnlySpan<int> batch)
    {
        float share = 1f / batch.Length;
        for (int i = 0; i < batch.Length; i++)
        {
            float* row = _logits.Floats + (i * _network.Outputs);
            VectorMath.Best.Softmax(row, row, _network.Outputs);
            ReadOnlySpan<float> targets = Targets(batch[i]);
            for (int expert = 0; expert < targets.Length; expert++)
            {
                row[expert] = (row[expert] - targets[expert]) * share;
            }
        }
    }

    private static double CrossEntropy(float* logits, ReadOnlySpan<float> targets)
    {
        VectorMath.Best.Softmax(logits, logits, targets.Length);
        double sum = 0;
        for (int expert = 0; expert < targets.Length; expert++)
        {
            sum -= targets[expert] > 0 ? targets[expert] * Math.Log(Math.Max(logits[expert], 1e-30)) : 0;
        }

        return sum;
    }

    private void AddPull(float pull)
    {
        Span<float> gradients = new(_network.Gradients, _network.Length);
        Span<float> parameters = new(_network.Parameters, _network.Length);
        for (int i = 0; i < gradients.Length; i += Vector<float>.Count)
        {
            Vector<float> away = new Vector<float>(parameters[i..]) - new Vector<float>(_start.AsSpan(i));
            (new Vector<float>(gradients[i..]) + (away * pull)).CopyTo(gradients[i..]);
        }
    }

    private float[] Snapshot() => new ReadOnlySpan<float>(_network.Parameters, _network.Length).ToArray();
}
