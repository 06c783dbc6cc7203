namespace DaprMoE.Scheduling;

/// <summary>
/// Balances the devices' times under the roofline. A replica that is woken works for at least the crossover, so waking one is a cost: an
/// expert's tokens stay together unless dividing them makes the slowest device faster. Work is counted in tokens.
/// </summary>
internal sealed class BalancedCrossoverSplit : ISplitRule
{
    /// <summary>Moves are bounded by this many for each replica, so that the time is bounded too; they end much earlier.</summary>
    private const int MovesPerReplica = 4;

    private const double Rounding = 1e-9;

    public string Name => "balanced-crossover";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result)
    {
        SplitInput.Start(tokens, plan, result);
        int floor = (int)Math.Clamp(Math.Ceiling(context.Crossover - Rounding), 0, int.MaxValue / 2 / Math.Max(1, plan.Count));
        Span<int> loads = result.Work(plan.Devices);
        loads.Clear();
        WholeExperts.Assign(tokens, plan, floor, result, loads);
        result.Movable.Build(tokens, plan);
        DividedLayer layer = new(plan, result, loads, floor);
        int left = MovesPerReplica * plan.Count;
        do
        {
            Levelling.Run(layer, result.Path);
        }
        while (left-- > 0 && CrossoverMoves.TryImprove(layer, result.Path));

        result.CountDevices(plan);
    }
}
