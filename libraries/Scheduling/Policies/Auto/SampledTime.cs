namespace DaprMoE.Scheduling;

/// <summary>
/// The layer time of given homes over recent load samples under uneven dispatch, times what the copies beyond one of each expert cost.
/// A sample counts as the p-norm of its device times: like the slowest device, but it also sees that one of two slow devices got faster.
/// </summary>
internal sealed class SampledTime : IPlanSpace
{
    /// <summary>log2 of the norm's exponent: p = 8.</summary>
    private const int Squarings = 3;

    /// <summary>Samples from which on half of them are held out for the review; with fewer all of them serve for both.</summary>
    private const int LeastToHoldOut = 16;

    private readonly ISplitRule _rule = SplitRules.Get("balanced-crossover");
    private readonly LayerPlan _plan;
    private readonly SplitResult _split = new();
    private readonly SplitContext _context;
    private readonly PolicySetup _setup;
    private readonly double _copyFactor;
    private readonly double[] _deviceTokens;
    private readonly double[] _deviceSeconds;
    private readonly ReliefShortlist _shortlist;
    private readonly LoadSamples _samples;
    private readonly int[] _base;

    public SampledTime(in PolicySetup setup, double theta)
    {
        _setup = setup;
        _context = new SplitContext(setup.Time);
        _copyFactor = theta / setup.Experts;
        _plan = new LayerPlan(setup.Experts, setup.Devices);
        _deviceTokens = new double[setup.Devices];
        _deviceSeconds = new double[setup.Devices];
        _shortlist = new ReliefShortlist(setup);
        _samples = new LoadSamples(setup.Experts);
        _base = new int[setup.Experts];
    }

    /// <summary>
    /// Looks again at what the copies are worth: at samples that they were not chosen by, with the slowest device alone, without additions.
    /// </summary>
    public bool IsReview { get; set; }

    /// <summary>Takes the newest samples.</summary>
    /// <returns>Their tokens.</returns>
    public double Take(LoadHistory history, int samples) => _samples.Take(history, samples);

    /// <summary>The copy of each expert that never moves: its device.</summary>
    public void KeepBase(ReadOnlySpan<int> devices) => devices.CopyTo(_base);

    public double Value(Homes homes) => Seconds(homes) * Math.Exp(_copyFactor * (homes.Count - _setup.Experts));

    /// <summary>Layer time over all iterations that the samples stand for, s.</summary>
    public double Seconds(Homes homes)
    {
        Build(homes);
        double seconds = 0;
        for (int s = 0; s < _samples.Count; s++)
        {
            if (Counts(s))
            {
                Dispatch(s);
                seconds += _samples.Weight(s) * Norm();
            }
        }

        return seconds;
    }

    public void Propose(Homes homes, PlanMove move, List<PlanChange> changes)
    {
        if (move == PlanMove.Add && homes.Count < homes.Most && !IsReview)
        {
            ProposeAdditions(homes, changes);
        }
        else if (move == PlanMove.Drop)
        {
            ProposeDrops(homes, changes);
        }
    }

    /// <summary>
    /// Half of many samples are held out for the review, those with an odd number of ones in their age: no rhythm of the traffic puts all of
    /// one kind on one side.
    /// </summary>
    private bool Counts(int sample) => _samples.Count < LeastToHoldOut || int.IsOddInteger(int.PopCount(sample)) == IsReview;

    private void ProposeAdditions(Homes homes, List<PlanChange> changes)
    {
        Build(homes);
        _shortlist.Clear();
        for (int s = 0; s < _samples.Count; s++)
        {
            if (Counts(s))
            {
                Dispatch(s);
                _shortlist.Observe(_plan, _split, _deviceSeconds, _samples.Weight(s));
            }
        }

        _shortlist.Best(homes, changes);
    }

    private void ProposeDrops(Homes homes, List<PlanChange> changes)
    {
        for (int e = 0; e < homes.Experts; e++)
        {
            for (int d = 0; d < homes.Devices && homes.CountOf(e) > 1; d++)
            {
                if (d != _base[e] && homes.Has(e, d))
                {
                    changes.Add(new PlanChange(e, d, PlanChange.Nowhere));
                }
            }
        }
    }

    private void Build(Homes homes)
    {
        _plan.Reset(homes.Experts, homes.Devices);
        ReadOnlySpan<int> held = homes.Held;
        for (int i = 0; i < held.Length; i++)
        {
            if (held[i] != 0)
            {
                _plan.Add(i / homes.Devices, i % homes.Devices, i % homes.Devices);
            }
        }

        _plan.Seal();
    }

    private void Dispatch(int sample)
    {
        _rule.Split(_samples.Tokens(sample), _plan, _context, _split);
        LayerTiming.Of(
            _plan, _split.Tokens, _setup.Time, _setup.SecondsPerTokenMoved, DeviceOverlap.Device, _deviceTokens, _deviceSeconds);
        for (int d = 0; d < _deviceSeconds.Length; d++)
        {
            _deviceSeconds[d] += 2 * _setup.SecondsPerTokenMoved * _deviceTokens[d];
        }
    }

    /// <summary>The p-norm of the device times, s; scaled by the largest, so that no power leaves the range of a double.</summary>
    private double Norm()
    {
        double most = 0;
        foreach (double seconds in _deviceSeconds)
        {
            most = Math.Max(most, seconds);
        }

        double sum = 0;
        foreach (double seconds in _deviceSeconds)
        {
            sum += most > 0 ? Power(seconds / most) : 0;
        }

        return IsReview ? most : most * Root(sum);
    }

    private static double Power(double value)
    {
        for (int i = 0; i < Squarings; i++)
        {
            value *= value;
        }

        return value;
    }

    private static double Root(double value)
    {
        for (int i = 0; i < Squarings; i++)
        {
            value = Math.Sqrt(value);
        }

        return value;
    }
}
