using DaprMoE.Ports;

namespace DaprMoE.Workflows;

/// <summary>
/// Brings the plan before a proposed one back, under a new version, since devices drop versions that do not rise. Input: the proposed
/// plan's version. Output: false when a newer plan is in force; then there is nothing to bring back.
/// </summary>
internal sealed class RestorePlan(RolloutStore rollouts, PlanStore plans, IEventBus events, TimeProvider time)
    : DeadlineActivity<long, bool>(time)
{
    protected override async Task<bool> RunAsync(long input, CancellationToken cancellationToken)
    {
        long restored = await rollouts.RestoreVersionAsync(input, cancellationToken).ConfigureAwait(false);
        PlanDocument? replaced = await rollouts.ReadReplacedAsync(input, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            StoredPlan? stored = await plans.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (replaced is null || (stored is not null && stored.Plan.Version > input && stored.Plan.Version != restored))
            {
                return stored is null || stored.Plan.Version <= input;
            }

            PlanDocument plan = replaced with { Version = restored };
            if (stored?.Plan.Version == restored || await plans.TryWriteAsync(plan, stored, cancellationToken).ConfigureAwait(false))
            {
                await PlanEvents.PublishAsync(events, plan, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
    }
}
