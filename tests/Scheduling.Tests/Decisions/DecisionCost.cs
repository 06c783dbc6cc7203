namespace DaprMoE.Scheduling.Tests;

/// <summary>The fast loop's decision for one layer: Algorithms 1 and 2, the warm-up list, and the split of the real counts.</summary>
internal sealed class DecisionCost
{
    public const int Experts = 64;
    public const int Devices = 8;

    private readonly IPolicy _policy = PolicyRegistry.Create("moeless");
    private readonly PolicyState _state;
    private readonly LayerPlan[] _plans = [new(Experts, Devices), new(Experts, Devices)];
    private readonly LayerDiff _diff = new();
    private readonly SplitResult _split = new();
    private readonly ISplitRule _rule;
    private readonly SplitContext _context;
    private readonly double[][] _forecasts;
    private readonly int[][] _tokens;
    private readonly int[] _slots = new int[Devices];
    private int _count;

    public DecisionCost(string rule)
    {
        TimeModel time = new(TimeShape.Roofline, 0.186e-6, 23e-6, 10e-6);
        _state = _policy.CreateState(new PolicySetup(Layers: 1, Experts, TopK: 6, Devices, ExpertBytes: 17_300_000, time));
        _rule = SplitRules.Get(rule);
        _context = new SplitContext(time);
        Array.Fill(_slots, 12);
        Random random = new(5);
        _tokens = [.. Enumerable.Range(0, 32).Select(_ => SyntheticLoads.Zipf(random, Experts, tokens: 4096 * 6, skew: 1.0))];
        _forecasts = [.. _tokens.Select(loads => loads.Select(load => load * (0.8 + (0.4 * random.NextDouble()))).ToArray())];
    }

    /// <summary>
    /// Decides the next layer; returns copies to load plus tokens of the busiest device, so that nothing is optimised away.
    /// </summary>
    public int Decide()
    {
        LayerPlan previous = _plans[_count & 1];
        LayerPlan next = _plans[(_count + 1) & 1];
        int at = _count % _tokens.Length;
        _count++;
        PolicyInput input = new() { Layer = 0, Forecast = _forecasts[at], Slots = _slots, Previous = previous };
        _policy.Decide(_state, input, TimeSpan.Zero, next);
        _diff.Compute(previous, next);
        _rule.Split(_tokens[at], next, _context, _split);
        return _diff.Cold.Length + _split.MaxDeviceTokens;
    }
}
