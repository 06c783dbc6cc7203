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
        for (int moves = MovesPerReplica * plan.Count; moves > 0; moves--)
        {
            Levelling.Run(plan, result, loads, floor);
            TokenMove move = TokenMove.BestOff(plan, result, loads, Slowest(loads), floor);
            if (move.Tokens == 0)
            {
                break;
            }

            Apply(move, plan, floor, result, loads);
        }

        result.CountDevices(plan);
    }

    private static void Apply(TokenMove move, LayerPlan plan, int floor, SplitResult result, Span<int> loads)
    {
        AddWork(move.From, -move.Tokens, plan, floor, result, loads);
        AddWork(move.To, move.Tokens, plan, floor, result, loads);
    }

    private static void AddWork(int position, int tokens, LayerPlan plan, int floor, SplitResult result, Span<int> loads)
    {
        ref int part = ref result.TokensBuffer[position];
        ref int load = ref loads[plan.Replicas[position].Device];
        load -= WholeExperts.Work(part, floor);
        part += tokens;
        load += WholeExperts.Work(part, floor);
    }

    private static int Slowest(ReadOnlySpan<int> loads)
    {
        int slowest = 0;
        for (int d = 1; d < loads.Length; d++)
        {
            slowest = loads[d] > loads[slowest] ? d : slowest;
        }

        return slowest;
    }
}
