namespace DaprMoE.Scheduling;

/// <summary>The buffers of <c>moeless</c>; it remembers nothing between decisions.</summary>
internal sealed class MoelessState : PolicyState
{
    private readonly ReplicaScaler _scaler = new();
    private readonly ReplicaPlacer _placer = new();
    private readonly MoelessOptions _options;
    private readonly double[] _loads;
    private readonly int[] _replicas;

    public MoelessState(in PolicySetup setup, MoelessOptions options)
        : base(setup)
    {
        _options = options;
        _loads = new double[setup.Experts];
        _replicas = new int[setup.Experts];
    }

    public PlanReason Plan(in PolicyInput input, LayerPlan plan)
    {
        TakeLoads(input);
        int maxExtra = _options.MaxExtra ?? PolicyDefaults.MaxExtra(Setup.Experts);
        ScalingLimits limits = new(
            ExpertBytes: 1,
            CapBytes: maxExtra,
            _options.Threshold,
            _options.MinTokens ?? Setup.Time.Crossover,
            _options.MaxPerExpert);
        ScalingResult scaling = _scaler.Scale(_loads, limits, _replicas);
        ReadOnlySpan<PlannedReplica> alive = _options.WarmFirst && input.Previous is not null ? input.Previous.Replicas : [];
        PlacementResult placement = _placer.Place(_loads, _replicas, input.Slots, alive, _options.Spread, plan);
        bool fits = placement.Feasible && _placer.Trimmed.Count == 0;
        PlanReason reason = fits ? Reason(scaling.Reason) : PlanReason.NoRoom;
        Trace = new PolicyTrace(
            reason,
            Sum(_loads),
            scaling.CvBefore,
            scaling.CvAfter,
            _options.Threshold,
            Total(input.Slots),
            maxExtra,
            scaling.Extra - _placer.Trimmed.Count,
            placement.Cold,
            _placer.Unplaced.Count);
        return reason;
    }

    private void TakeLoads(in PolicyInput input)
    {
        if (!input.Forecast.IsEmpty)
        {
            input.Forecast.CopyTo(_loads);
        }
        else if (input.History is { Count: > 0 } history)
        {
            history.Loads(0).CopyTo(_loads);
        }
        else
        {
            Array.Clear(_loads);
        }
    }

    private static double Sum(ReadOnlySpan<double> loads)
    {
        double total = 0;
        foreach (double load in loads)
        {
            total += load;
        }

        return total;
    }

    private static PlanReason Reason(ScalingReason reason) => reason switch
    {
        ScalingReason.NoLoad => PlanReason.NoLoad,
        ScalingReason.Balanced => PlanReason.Balanced,
        ScalingReason.Cap => PlanReason.Cap,
        ScalingReason.ReplicaLimit => PlanReason.ReplicaLimit,
        ScalingReason.Indivisible => PlanReason.Indivisible,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
