namespace DaprMoE.Scheduling;

/// <summary>
/// The layer time of given homes over recent load samples under uneven dispatch, times what the copies beyond one of each expert cost.
/// A sample counts as the p-norm of its device times: like the slowest device, but it also sees that one of two slow devices got faster.
/// </summary>
internal sealed class SampledTime : IPlanSpace
{
    /// <summary>log2 of the norm's exponent: p = 8.</summary>
    private const int Squarings = 3;

    private readonly ISplitRule _rule = SplitRules.Get("balanced-crossover");
    private readonly LayerPlan _plan;
    private readonly SplitResult _split = new();
    private readonly SplitContext _context;
    private readonly PolicySetup _setup;
    private readonly double _copyFactor;
    private readonly double[] _deviceTokens;
    private readonly double[] _deviceSeconds;
    private readonly ReliefShortlist _shortlist;
    private int[] _tokens = [];
    private double[] _weights = [];
    private int[] _base = [];
    private int _samples;

    public SampledTime(in PolicySetup setup, double theta)
    {
        _setup = setup;
        _context = new SplitContext(setup.Time);
        _copyFactor = theta / setup.Experts;
        _plan = new LayerPlan(setup.Experts, setup.Devices);
        _deviceTokens = new double[setup.Devices];
        _deviceSeconds = new double[setup.Devices];
        _shortlist = new ReliefShortlist(setup);
    }

    /// <summary>Takes the newest samples; their tokens are whole, what is in part of a token active stays active.</summary>
    /// <returns>Tokens of all samples.</returns>
    public long Take(LoadHistory history, int samples)
    {
        _samples = Math.Min(samples, history.Count);
        Grow.To(ref _tokens, _samples * _setup.Experts);
        Grow.To(ref _weights, _samples);
        long total = 0;
        for (int s = 0; s < _samples; s++)
        {
            ReadOnlySpan<double> loads = history.Loads(s);
            _weights[s] = history.Weight(s);
            for (int e = 0; e < loads.Length; e++)
            {
                int tokens = (int)Math.Min(Math.Ceiling(loads[e]), int.MaxValue / 4 / _setup.Experts);
                _tokens[(s * _setup.Experts) + e] = tokens;
                total += tokens;
            }
        }

        return total;
    }

    /// <summary>The copy of each expert that never moves: its device.</summary>
    public void KeepBase(ReadOnlySpan<int> devices)
    {
        Grow.To(ref _base, devices.Length);
        devices.CopyTo(_base);
    }

    public double Value(Homes homes)
    {
        Build(homes);
        double seconds = 0;
        for (int s = 0; s < _samples; s++)
        {
            Dispatch(s);
            seconds += _weights[s] * Norm();
        }

        return seconds * Math.Exp(_copyFactor * (homes.Count - _setup.Experts));
    }

    public void Propose(Homes homes, PlanMove move, List<PlanChange> changes)
    {
        if (move == PlanMove.Add && homes.Count < homes.Most)
        {
            Build(homes);
            _shortlist.Clear();
            for (int s = 0; s < _samples; s++)
            {
                Dispatch(s);
                _shortlist.Observe(_plan, _split, _deviceSeconds, _weights[s] / Math.Max(Norm(), double.Epsilon));
            }

            _shortlist.Best(homes, changes);
        }
        else if (move == PlanMove.Drop)
        {
            ProposeDrops(homes, changes);
        }
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
        ReadOnlySpan<int> tokens = _tokens.AsSpan(sample * _setup.Experts, _setup.Experts);
        _rule.Split(tokens, _plan, _context, _split);
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
            double power = most > 0 ? seconds / most : 0;
            for (int i = 0; i < Squarings; i++)
            {
                power *= power;
            }

            sum += power;
        }

        for (int i = 0; i < Squarings; i++)
        {
            sum = Math.Sqrt(sum);
        }

        return most * sum;
    }
}
