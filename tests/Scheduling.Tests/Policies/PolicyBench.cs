namespace DaprMoE.Scheduling.Tests;

/// <summary>One policy on one small box, with the plan that is alive carried along.</summary>
internal sealed class PolicyBench
{
    public static readonly TimeModel Roofline = new(TimeShape.Roofline, 1e-6, 100e-6, 10e-6);

    private readonly IPolicy _policy;
    private readonly PolicyState _state;
    private LayerPlan _plan;
    private LayerPlan _spare;

    public PolicyBench(string name, int experts = 8, int devices = 4, int slots = 4, PolicyOptions? options = null)
    {
        _policy = PolicyRegistry.Create(name, options);
        Setup = new PolicySetup(Layers: 2, experts, TopK: 2, devices, ExpertBytes: 1000, Roofline);
        _state = _policy.CreateState(Setup);
        _plan = new LayerPlan(experts, devices);
        _spare = new LayerPlan(experts, devices);
        Slots = [.. Enumerable.Repeat(slots, devices)];
        History = new LoadHistory(experts, 16);
    }

    public PolicySetup Setup { get; }

    public int[] Slots { get; set; }

    public LoadHistory History { get; }

    public double[] Forecast { get; set; } = [];

    public LayerPlan Plan => _plan;

    public PolicyTrace Trace => _state.Trace;

    public PlanReason Decide(double seconds = 0, int layer = 0)
    {
        PolicyInput input = new() { Layer = layer, Forecast = Forecast, History = History, Slots = Slots, Previous = _plan };
        PlanReason reason = _policy.Decide(_state, input, TimeSpan.FromSeconds(seconds), _spare);
        (_plan, _spare) = (_spare, _plan);
        Assert.True(reason == Trace.Reason);
        return reason;
    }

    /// <summary>Makes another plan the one that is alive.</summary>
    public void Adopt(LayerPlan plan) => _plan.CopyFrom(plan);

    public int[] DevicesOf(int expert) => [.. _plan.ReplicasOf(expert).ToArray().Select(replica => replica.Device)];
}
