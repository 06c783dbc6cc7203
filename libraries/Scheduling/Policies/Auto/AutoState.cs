namespace DaprMoE.Scheduling;

/// <summary>What <c>auto</c> remembers: when each layer was planned last.</summary>
internal sealed class AutoState : PolicyState
{
    private readonly AutoOptions _options;
    private readonly TimeSpan?[] _planned;
    private readonly BasePlacement _base;
    private readonly SampledTime _time;
    private readonly ReliefReview _review;
    private readonly PlanDescent _descent = new();
    private readonly Homes _current;
    private readonly Homes _best;
    private readonly StableIndices _indices = new();
    private readonly LayerDiff _diff = new();

    public AutoState(in PolicySetup setup, AutoOptions options)
        : base(setup)
    {
        _options = options;
        _planned = new TimeSpan?[setup.Layers];
        _base = new BasePlacement(setup.Experts, setup.Devices);
        _time = new SampledTime(setup, options.Theta);
        _review = new ReliefReview(_time, options.MaxResidency);
        _current = new Homes(setup.Experts, setup.Devices);
        _best = new Homes(setup.Experts, setup.Devices);
    }

    public PlanReason Plan(in PolicyInput input, TimeSpan now, LayerPlan plan)
    {
        LayerPlan? previous = Usable(input.Previous);
        _base.Place(input.Slots, input.History, _options.HistorySamples, previous);
        long slots = Total(input.Slots);
        int extra = (int)Math.Clamp(slots - Setup.Experts, 0, _options.MaxExtra ?? PolicyDefaults.MaxExtra(Setup.Experts));
        Start(input.Slots, extra);
        TakeRelief(previous);
        Outcome outcome = _base.Unplaced > 0 ? new Outcome(PlanReason.NoRoom, 0, 0, 0) : Improve(input, now, extra);
        Homes chosen = outcome.Reason == PlanReason.Replanned ? _best : _current;
        plan.Reset(Setup.Experts, Setup.Devices);
        _indices.Fill(chosen.Held, previous, plan);
        _diff.Compute(input.Previous, plan);
        Trace = new PolicyTrace(
            outcome.Reason,
            outcome.Tokens,
            outcome.Before,
            outcome.After,
            _options.Hysteresis,
            slots,
            extra,
            Math.Max(0, plan.Count - Setup.Experts),
            _diff.Cold.Length,
            _base.Unplaced);
        return outcome.Reason;
    }

    private LayerPlan? Usable(LayerPlan? previous) =>
        previous is not null && previous.Experts == Setup.Experts && previous.Devices <= Setup.Devices ? previous : null;

    private void Start(ReadOnlySpan<int> slots, int extra)
    {
        _current.Reset(slots, Setup.Experts + extra);
        ReadOnlySpan<int> devices = _base.Devices;
        for (int e = 0; e < devices.Length; e++)
        {
            if (devices[e] != BasePlacement.Homeless)
            {
                _current.Add(e, devices[e]);
            }
        }

        _best.CopyFrom(_current);
        _time.KeepBase(devices);
    }

    /// <summary>Relief copies that are alive stay in the current homes as far as they fit.</summary>
    private void TakeRelief(LayerPlan? previous)
    {
        foreach (PlannedReplica replica in previous is null ? [] : previous.Replicas)
        {
            if (_base.Unplaced == 0 && _current.CanAdd(replica.Expert, replica.Device))
            {
                _current.Add(replica.Expert, replica.Device);
            }
        }
    }

    private Outcome Improve(in PolicyInput input, TimeSpan now, int extra)
    {
        ref TimeSpan? planned = ref _planned[input.Layer];
        if (planned is TimeSpan last && now - last < _options.Interval)
        {
            return new Outcome(PlanReason.Unchanged, 0, 0, 0);
        }

        double tokens = input.History is LoadHistory history ? _time.Take(history, _options.HistorySamples) : 0;
        if (tokens == 0)
        {
            return new Outcome(PlanReason.NoLoad, 0, 0, 0);
        }

        double baseline = _review.Baseline(_best);
        _time.IsReview = false;
        _descent.Run(_best, _time, steps: 2 * extra);
        double after = _review.Run(_best, baseline);
        double before = _time.Value(_current);
        bool same = _best.Held.SequenceEqual(_current.Held);
        bool worthwhile = after < before * (1 - _options.Hysteresis) || _review.IsOverBudget(_current, baseline);
        PlanReason reason = same || (after >= before && !worthwhile) ? PlanReason.Unchanged
            : worthwhile ? PlanReason.Replanned
            : PlanReason.Hysteresis;
        planned = now;
        return new Outcome(reason, tokens, before, after);
    }

    private readonly record struct Outcome(PlanReason Reason, double Tokens, double Before, double After);
}
