using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>Cuts experts' runs of assignments among their replicas. Where no expert has a choice, that is a look-up in the plan.</summary>
internal sealed class ReplicaDivision(SplitContext context, int maxExperts)
{
    private readonly int[] _tokens = new int[maxExperts];
    private readonly SplitResult _split = new();

    /// <param name="rule">How.</param>
    /// <param name="runs">One run per expert, experts ascending.</param>
    /// <param name="plan">The replicas; each expert of a run has at least one.</param>
    /// <param name="calls">Receives the parts.</param>
    public void Divide(ISplitRule rule, ReadOnlySpan<ExpertRun> runs, LayerPlan plan, DeviceCalls calls)
    {
        if (HasChoice(runs, plan))
        {
            Split(rule, runs, plan);
            Cut(runs, plan, calls);
            return;
        }

        foreach (ExpertRun run in runs)
        {
            PlannedReplica replica = plan.ReplicasOf(run.Expert)[0];
            calls.Add(replica.Device, new ReplicaGroup(run.Expert, replica.Index, run.First, run.Count));
        }
    }

    private static bool HasChoice(ReadOnlySpan<ExpertRun> runs, LayerPlan plan)
    {
        foreach (ExpertRun run in runs)
        {
            if (plan.CountOf(run.Expert) > 1)
            {
                return true;
            }
        }

        return false;
    }

    private void Split(ISplitRule rule, ReadOnlySpan<ExpertRun> runs, LayerPlan plan)
    {
        Span<int> tokens = _tokens.AsSpan(0, plan.Experts);
        tokens.Clear();
        foreach (ExpertRun run in runs)
        {
            tokens[run.Expert] = run.Count;
        }

        rule.Split(tokens, plan, in context, _split);
    }

    private void Cut(ReadOnlySpan<ExpertRun> runs, LayerPlan plan, DeviceCalls calls)
    {
        foreach (ExpertRun run in runs)
        {
            int first = run.First;
            int replica = plan.FirstOf(run.Expert);
            for (int last = replica + plan.CountOf(run.Expert); replica < last; replica++)
            {
                int count = _split.Tokens[replica];
                if (count > 0)
                {
                    PlannedReplica part = plan.Replicas[replica];
                    calls.Add(part.Device, new ReplicaGroup(part.Expert, part.Index, first, count));
                    first += count;
                }
            }
        }
    }
}
