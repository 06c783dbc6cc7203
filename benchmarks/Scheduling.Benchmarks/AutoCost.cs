using DaprMoE.Scheduling.Tests;

namespace DaprMoE.Scheduling.Benchmarks;

/// <summary>The slow loop's decision for one layer: auto plans anew from a full history.</summary>
internal sealed class AutoCost
{
    private const int Devices = 8;

    private readonly IPolicy _policy = PolicyRegistry.Create("auto");
    private readonly PolicyState _state;
    private readonly LayerPlan _plan;
    private readonly LoadHistory _history;
    private readonly int[] _slots = new int[Devices];
    private TimeSpan _now;

    /// <param name="experts">Experts of the layer.</param>
    /// <param name="topK">Experts per token.</param>
    /// <param name="tokens">Tokens of each sampled iteration.</param>
    public AutoCost(int experts, int topK, int tokens)
    {
        TimeModel time = new(TimeShape.Roofline, 12e-6 / experts, 1.5e-3 / experts, 10e-6);
        _state = _policy.CreateState(new PolicySetup(Layers: 1, experts, topK, Devices, ExpertBytes: 17_300_000, time));
        _plan = new LayerPlan(experts, Devices);
        _history = new LoadHistory(experts, PolicyDefaults.AutoHistorySamples);
        Array.Fill(_slots, 2 * experts / Devices);
        Random random = new(5);
        int[] mean = SyntheticLoads.Zipf(random, experts, tokens * topK, skew: 1.0);
        for (int sample = 0; sample < _history.Capacity; sample++)
        {
            _history.Add([.. mean.Select(load => Math.Floor(load * (0.5 + random.NextDouble()) + random.NextDouble()))]);
        }
    }

    /// <summary>Plans the layer as if nothing but the base copies were there; returns the replicas.</summary>
    public int Decide()
    {
        _now += PolicyDefaults.AutoInterval;
        PolicyInput input = new() { Layer = 0, History = _history, Slots = _slots };
        _policy.Decide(_state, input, _now, _plan);
        return _plan.Count;
    }
}
