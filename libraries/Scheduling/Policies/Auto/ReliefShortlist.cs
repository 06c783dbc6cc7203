namespace DaprMoE.Scheduling;

/// <summary>
/// The copies that are worth an exact evaluation. A copy of an expert on another device lets those two devices share work; what that saves
/// is estimated from each sample alone, cheaply, and the best estimates are tried.
/// </summary>
internal sealed class ReliefShortlist
{
    /// <summary>Copies that are tried in earnest.</summary>
    private const int Length = 12;

    private readonly PolicySetup _setup;
    private readonly double[] _saved;

    public ReliefShortlist(in PolicySetup setup)
    {
        _setup = setup;
        _saved = new double[setup.Experts * setup.Devices];
    }

    public void Clear() => Array.Clear(_saved);

    /// <summary>Adds what each copy would save in one sample.</summary>
    /// <param name="plan">The replicas.</param>
    /// <param name="split">The tokens of each.</param>
    /// <param name="deviceSeconds">Time of each device, s.</param>
    /// <param name="weight">Iterations that the sample stands for.</param>
    public void Observe(LayerPlan plan, SplitResult split, ReadOnlySpan<double> deviceSeconds, double weight)
    {
        double slowest = 0;
        foreach (double seconds in deviceSeconds)
        {
            slowest = Math.Max(slowest, seconds);
        }

        ReadOnlySpan<int> tokens = split.Tokens;
        for (int i = 0; i < tokens.Length; i++)
        {
            PlannedReplica replica = plan.Replicas[i];
            double from = deviceSeconds[replica.Device];
            if (tokens[i] == 0 || !(from > slowest / 2))
            {
                continue;
            }

            Span<double> saved = _saved.AsSpan(replica.Expert * _setup.Devices, _setup.Devices);
            double urgency = Power(from / slowest);
            for (int d = 0; d < saved.Length; d++)
            {
                saved[d] += weight * urgency * Saving(tokens[i], from, deviceSeconds[d]);
            }
        }
    }

    /// <summary>The best copies that can be added; of equal ones the lowest expert, then the lowest device.</summary>
    public void Best(Homes homes, List<PlanChange> changes)
    {
        for (int n = 0; n < Length; n++)
        {
            int best = -1;
            for (int i = 0; i < _saved.Length; i++)
            {
                if (_saved[i] > 0 && (best < 0 || _saved[i] > _saved[best]) && homes.CanAdd(i / _setup.Devices, i % _setup.Devices))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return;
            }

            changes.Add(new PlanChange(best / _setup.Devices, PlanChange.Nowhere, best % _setup.Devices));
            _saved[best] = 0;
        }
    }

    /// <summary>How much faster the giving device becomes when both share the replica's tokens, or the new copy takes them all.</summary>
    private double Saving(int tokens, double from, double to)
    {
        double work = _setup.Time.Work(tokens);
        double gap = from - to;
        double whole = Math.Min(work, gap - work);
        double divisible = work - _setup.Time.Work(1);
        double shared = Math.Min(divisible, (gap - _setup.Time.Work(1)) / 2);
        return Math.Max(0, Math.Max(whole, shared));
    }

    private static double Power(double value)
    {
        double square = value * value;
        double fourth = square * square;
        return fourth * fourth;
    }
}
