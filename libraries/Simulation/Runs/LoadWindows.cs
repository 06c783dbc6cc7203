using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// Windows of observed load, which plans are made from: each second adds one sample of iterations with prompts and one of those without,
/// since the two differ by orders of magnitude.
/// </summary>
internal sealed class LoadWindows
{
    private const int Phases = 2;

    private readonly LoadHistory[] _histories;
    private readonly double[][,] _sums;
    private readonly int[] _iterations = new int[Phases];
    private readonly double[] _mean;
    private double _start;

    public LoadWindows(int layers, int experts, int samples)
    {
        _histories = [.. Enumerable.Range(0, layers).Select(_ => new LoadHistory(experts, Math.Max(1, samples)))];
        _sums = [.. Enumerable.Range(0, Phases).Select(_ => new double[layers, experts])];
        _mean = new double[experts];
    }

    public LoadHistory Of(int layer) => _histories[layer];

    /// <summary>Takes a sample of older traffic, before the run.</summary>
    /// <param name="routing">Older traffic, at the iteration to be sampled.</param>
    /// <param name="weight">Iterations that it stands for.</param>
    public void AddOlder(IRouting routing, double weight)
    {
        for (int layer = 0; layer < _histories.Length; layer++)
        {
            ReadOnlySpan<int> loads = routing.Loads(layer);
            for (int expert = 0; expert < loads.Length; expert++)
            {
                _mean[expert] = loads[expert];
            }

            _histories[layer].Add(_mean, weight);
        }
    }

    /// <summary>Counts a layer of the current iteration.</summary>
    public void Count(int layer, ReadOnlySpan<int> loads, bool hasPrompts)
    {
        double[,] sums = _sums[hasPrompts ? 1 : 0];
        for (int expert = 0; expert < loads.Length; expert++)
        {
            sums[layer, expert] += loads[expert];
        }
    }

    /// <summary>The current iteration is over; a window that is full becomes samples.</summary>
    public void EndIteration(double now, bool hasPrompts)
    {
        _iterations[hasPrompts ? 1 : 0]++;
        if (now - _start < PolicyDefaults.LoadWindow.TotalSeconds)
        {
            return;
        }

        _start = now;
        for (int phase = 0; phase < Phases; phase++)
        {
            if (_iterations[phase] > 0)
            {
                Close(_sums[phase], _iterations[phase]);
                _iterations[phase] = 0;
            }
        }
    }

    private void Close(double[,] sums, int iterations)
    {
        for (int layer = 0; layer < _histories.Length; layer++)
        {
            for (int expert = 0; expert < _mean.Length; expert++)
            {
                _mean[expert] = sums[layer, expert] / iterations;
            }

            _histories[layer].Add(_mean, iterations);
        }

        Array.Clear(sums);
    }
}
