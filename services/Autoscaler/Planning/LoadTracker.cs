using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>What the windows of load have told so far, as policies take it.</summary>
internal sealed class LoadTracker
{
    private readonly LayerShape _shape;
    private readonly LoadHistory[] _histories;
    private readonly Queue<LoadWindow> _recent = new();
    private readonly double[] _sample;

    /// <param name="shape">Layers and experts.</param>
    /// <param name="samples">Samples that the policy reads.</param>
    public LoadTracker(LayerShape shape, int samples)
    {
        _shape = shape;
        _histories = [.. Enumerable.Range(0, shape.Layers).Select(_ => new LoadHistory(shape.Experts, Math.Max(1, samples)))];
        _sample = new double[shape.Experts];
    }

    /// <summary>Samples of a layer, newest first.</summary>
    public LoadHistory History(int layer) => _histories[layer];

    /// <summary>Takes a window; an empty one says nothing.</summary>
    public void Take(LoadWindow window)
    {
        if (window.Iterations == 0)
        {
            return;
        }

        _recent.Enqueue(window);
        if (_recent.Count > PolicyDefaults.WindowsPerPlan)
        {
            _recent.Dequeue();
        }

        IReadOnlyList<LoadSample> samples = window.Samples.Count > 0 ? window.Samples : [new LoadSample(1, window.Loads)];
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            foreach (LoadSample sample in samples)
            {
                ReadOnlySpan<int> loads = _shape.Layer<int>(sample.Loads, layer);
                for (int e = 0; e < _sample.Length; e++)
                {
                    _sample[e] = loads[e];
                }

                _histories[layer].Add(_sample, sample.Iterations);
            }
        }
    }

    /// <summary>Fills the loads of one iteration of a layer: as forecast, or as they were in the windows since the last plan.</summary>
    /// <returns>False when nothing is known.</returns>
    public bool TryPerIteration(int layer, ForecastDocument? forecast, Span<double> loads)
    {
        loads.Clear();
        long iterations = _recent.Sum(window => (long)window.Iterations);
        if (iterations == 0)
        {
            return false;
        }

        if (forecast is not null)
        {
            double perWindow = (double)iterations / _recent.Count;
            Add(_shape.Layer<float>(forecast.Loads, layer), 1 / perWindow, loads);
            return true;
        }

        foreach (LoadWindow window in _recent)
        {
            Add(_shape.Layer<int>(window.Loads, layer), 1.0 / iterations, loads);
        }

        return true;
    }

    private static void Add<T>(ReadOnlySpan<T> values, double weight, Span<double> sum)
        where T : System.Numerics.INumberBase<T>
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * double.CreateChecked(values[i]);
        }
    }
}
