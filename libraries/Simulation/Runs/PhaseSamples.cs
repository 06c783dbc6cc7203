namespace DaprMoE.Simulation;

/// <summary>Iterations of one kind that were seen in a window: a few of them, drawn evenly, with the loads of all layers.</summary>
internal sealed class PhaseSamples(int layers, int experts, int most, Xoshiro256 random)
{
    private readonly double[][] _kept = [.. Enumerable.Range(0, most).Select(_ => new double[layers * experts])];
    private int _iterations;
    private int _slot;

    /// <summary>An iteration begins; it may take the place of one that was kept.</summary>
    public void Begin()
    {
        _slot = _iterations < most ? _iterations : (int)random.Below((ulong)_iterations + 1);
        _iterations++;
    }

    /// <summary>The loads of a layer in the iteration that began last.</summary>
    public void Count(int layer, ReadOnlySpan<int> loads)
    {
        if (_slot >= most)
        {
            return;
        }

        Span<double> kept = _kept[_slot].AsSpan(layer * experts, experts);
        for (int expert = 0; expert < loads.Length; expert++)
        {
            kept[expert] = loads[expert];
        }
    }

    /// <summary>Hands over what was kept and begins anew. Each of the kept iterations stands for as many as any other.</summary>
    public void Close(Scheduling.LoadHistory[] histories)
    {
        int count = Math.Min(most, _iterations);
        for (int sample = 0; sample < count; sample++)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                histories[layer].Add(_kept[sample].AsSpan(layer * experts, experts), (double)_iterations / count);
            }
        }

        _iterations = 0;
    }
}
