using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// Observed load, which plans are made from: each second some real iterations with prompts and some without become samples, as many that a
/// policy's history spans the windows between two plans.
/// </summary>
internal sealed class LoadWindows
{
    private readonly LoadHistory[] _histories;
    private readonly PhaseSamples _prefill;
    private readonly PhaseSamples _decode;
    private readonly double[] _loads;
    private PhaseSamples _current;
    private double _start;

    public LoadWindows(int layers, int experts, int samples, ulong seed)
    {
        const int Phases = 2;
        int perWindow = Math.Max(1, (int)Math.Ceiling((double)samples / (PolicyDefaults.WindowsPerPlan * Phases)));
        Xoshiro256 random = Xoshiro256.ForStream(seed, RandomStream.Samples);
        _histories = [.. Enumerable.Range(0, layers).Select(_ => new LoadHistory(experts, Math.Max(1, samples)))];
        _prefill = new PhaseSamples(layers, experts, perWindow, random);
        _decode = new PhaseSamples(layers, experts, perWindow, random);
        _current = _decode;
        _loads = new double[experts];
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
                _loads[expert] = loads[expert];
            }

            _histories[layer].Add(_loads, weight);
        }
    }

    /// <summary>An iteration begins.</summary>
    public void BeginIteration(bool hasPrompts)
    {
        _current = hasPrompts ? _prefill : _decode;
        _current.Begin();
    }

    /// <summary>Sees a layer of the current iteration.</summary>
    public void Count(int layer, ReadOnlySpan<int> loads) => _current.Count(layer, loads);

    /// <summary>The current iteration is over; a window that is full becomes samples.</summary>
    public void EndIteration(double now)
    {
        if (now - _start >= PolicyDefaults.LoadWindow.TotalSeconds)
        {
            _start = now;
            _prefill.Close(_histories);
            _decode.Close(_histories);
        }
    }
}
