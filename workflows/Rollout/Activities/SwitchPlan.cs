using DaprMoE.Ports;

namespace DaprMoE.Workflows;

/// <summary>Brings a plan into force and tells everybody. Input: its version. Output: false when a newer plan is in force.</summary>
internal sealed class SwitchPlan(RolloutStore rollouts, PlanStore plans, IEventBus events, TimeProvider time)
    : DeadlineActivity<long, bool>(time)
{
    protected override async Task<bool> RunAsync(long input, CancellationToken cancellationToken)
    {
        PlanDocument proposed = await rollouts.ReadPlanAsync(input, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Rollout {input} has ended: its plan is not kept any more.");
        while (true)
        {
            StoredPlan? stored = await plans.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (stored?.Plan.Version > input)
            {
                return false;
            }

            if (stored?.Plan.Version == input || await TryWriteAsync(proposed, stored, cancellationToken).ConfigureAwait(false))
            {
                await PlanEvents.PublishAsync(events, proposed, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
    }

    /// <summary>What is in force now is what is replaced, whatever was in force when the rollout began.</summary>
    private async Task<bool> TryWriteAsync(PlanDocument proposed, StoredPlan? stored, CancellationToken cancellationToken)
    {
        if (stored is not null)
        {
            await rollouts.KeepReplacedAsync(proposed.Version, stored.Plan, cancellationToken).ConfigureAwait(false);
        }

        return await plans.TryWriteAsync(proposed, stored, cancellationToken).ConfigureAwait(false);
    }
}
