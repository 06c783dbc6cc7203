namespace DaprMoE.Scheduling;

/// <summary>What <c>eplb</c> remembers: each layer's plan and when it was made.</summary>
internal sealed class EplbState : PolicyState
{
    private readonly EplbOptions _options;
    private readonly StableIndices _indices = new();
    private readonly LayerDiff _diff = new();
    private readonly Planned[] _planned;
    private readonly double[] _loads;
    private readonly int[] _copies;

    public EplbState(in PolicySetup setup, EplbOptions options)
        : base(setup)
    {
        _options = options;
        _planned = new Planned[setup.Layers];
        _loads = new double[setup.Experts];
        _copies = new int[setup.Experts * setup.Devices];
        int replicas = options.Slots ?? WholeSlots(PolicyDefaults.EplbSlots(setup.Experts, setup.Devices));
        new EplbShape(replicas, options.Groups, options.Nodes, setup.Devices).Resolve(setup.Experts);
    }

    public PlanReason Plan(in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        EplbShape shape = new(Room(input.Slots), _options.Groups, _options.Nodes, Setup.Devices);
        ref Planned planned = ref _planned[input.Layer];
        bool seen = input.History is { Count: > 0 };
        PlanReason reason = PlanReason.Unchanged;
        if (planned.Layer is null || planned.Shape != shape || (seen && (planned.At is null || now - planned.At >= _options.Interval)))
        {
            TakeLoads(input.History);
            planned = new Planned(EplbBalancer.Rebalance(_loads, shape), shape, seen ? now : null);
            reason = seen ? PlanReason.Replanned : PlanReason.NoLoad;
        }

        Fill(planned.Layer, shape, input.Previous, plan);
        _diff.Compute(input.Previous, plan);
        int extra = plan.Count - Setup.Experts;
        Trace = new PolicyTrace(reason, Tokens(), 0, 0, 0, Total(input.Slots), extra, extra, _diff.Cold.Length, 0);
        return reason;
    }

    /// <summary>Replicas that all devices can hold alike, at most the configured number.</summary>
    private int Room(ReadOnlySpan<int> slots)
    {
        int wanted = _options.Slots ?? PolicyDefaults.EplbSlots(Setup.Experts, Setup.Devices);
        int each = wanted / Setup.Devices;
        foreach (int free in slots)
        {
            each = Math.Min(each, free);
        }

        return each * Setup.Devices;
    }

    private int WholeSlots(int replicas) => replicas / Setup.Devices * Setup.Devices;

    private void TakeLoads(LoadHistory? history)
    {
        if (history is { Count: > 0 })
        {
            history.Sum(_options.HistorySamples, _loads);
        }
        else
        {
            Array.Fill(_loads, 1);
        }
    }

    private double Tokens()
    {
        double total = 0;
        foreach (double load in _loads)
        {
            total += load;
        }

        return total;
    }

    private void Fill(EplbLayer layer, EplbShape shape, LayerPlan? previous, LayerPlan plan)
    {
        Array.Clear(_copies);
        int each = shape.Replicas / Setup.Devices;
        for (int slot = 0; slot < layer.ExpertOf.Length; slot++)
        {
            _copies[(layer.ExpertOf[slot] * Setup.Devices) + (slot / each)]++;
        }

        plan.Reset(Setup.Experts, Setup.Devices);
        _indices.Fill(_copies, previous, plan);
    }

    private readonly record struct Planned(EplbLayer Layer, EplbShape Shape, TimeSpan? At);
}
