namespace DaprMoE.Scheduling;

/// <summary>
/// The even split of the papers: shares of tokens as real numbers, load / replicas each. For simulation; a dispatcher moves whole tokens.
/// </summary>
public static class EvenShares
{
    /// <summary>Divides the loads.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="plan">The replicas.</param>
    /// <param name="shares">Receives the share of each replica, in the order of <see cref="LayerPlan.Replicas"/>.</param>
    /// <exception cref="SchedulingException">A length that does not fit, or an expert with load and without a replica.</exception>
    public static void Split(ReadOnlySpan<double> loads, LayerPlan plan, Span<double> shares)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check.SameLength("loads", loads.Length, "experts", plan.Experts);
        Check.SameLength("shares", shares.Length, "replicas", plan.Count);
        for (int e = 0; e < loads.Length; e++)
        {
            int replicas = plan.CountOf(e);
            if (replicas > 0)
            {
                shares.Slice(plan.FirstOf(e), replicas).Fill(loads[e] / replicas);
            }
            else if (loads[e] > 0)
            {
                throw Check.Error(SchedulingError.NoReplica, $"Expert {e} has {loads[e]} tokens and no replica; place one first.");
            }
        }
    }
}
