namespace DaprMoE.Scheduling;

/// <summary>
/// A second look at relief copies: those whose gain does not show in samples that they were not chosen by go again, and then the least
/// useful
/// ones until the residency bill, copies times layer time, is within its limit.
/// </summary>
internal sealed class ReliefReview(SampledTime time, double maxResidency)
{
    private readonly PlanDescent _descent = new();
    private readonly List<PlanChange> _drops = [];

    /// <summary>The residency bill of homes without relief.</summary>
    public double Baseline(Homes homes)
    {
        time.IsReview = true;
        return Residency(homes);
    }

    /// <summary>Drops copies in place; returns the worth of what is left.</summary>
    public double Run(Homes homes, double baseline)
    {
        time.IsReview = true;
        _descent.Run(homes, time, steps: homes.Count);
        while (IsOverBudget(homes, baseline) && TryDropLeast(homes))
        {
        }

        return time.Value(homes);
    }

    /// <summary>Whether the copies cost more than they may.</summary>
    public bool IsOverBudget(Homes homes, double baseline) =>
        homes.Count > homes.Experts && Residency(homes) > maxResidency * baseline;

    private double Residency(Homes homes) => homes.Count * time.Seconds(homes);

    private bool TryDropLeast(Homes homes)
    {
        _drops.Clear();
        time.Propose(homes, PlanMove.Drop, _drops);
        PlanChange? least = null;
        double fastest = double.PositiveInfinity;
        foreach (PlanChange drop in _drops)
        {
            homes.Apply(drop);
            double seconds = time.Seconds(homes);
            homes.Apply(drop.Inverse);
            (least, fastest) = seconds < fastest ? (drop, seconds) : (least, fastest);
        }

        if (least is PlanChange chosen)
        {
            homes.Apply(chosen);
        }

        return least is not null;
    }
}
