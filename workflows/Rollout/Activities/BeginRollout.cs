using DaprMoE.Ports;

namespace DaprMoE.Workflows;

/// <summary>Finds out where a rollout stands and keeps the plan that it replaces. Input: the version of the proposed plan.</summary>
internal sealed class BeginRollout(RolloutStore rollouts, PlanStore plans, TimeProvider time) : DeadlineActivity<long, RolloutScope>(time)
{
    protected override async Task<RolloutScope> RunAsync(long input, CancellationToken cancellationToken)
    {
        PlanDocument? inForce = (await plans.ReadAsync(cancellationToken).ConfigureAwait(false))?.Plan;
        PlanDocument? proposed = await rollouts.ReadPlanAsync(input, cancellationToken).ConfigureAwait(false);
        if (proposed is null)
        {
            return inForce?.Version == input
                ? new RolloutScope(RolloutStanding.Ended, [])
                : inForce?.Version > input
                    ? new RolloutScope(RolloutStanding.Superseded, [])
                    : throw new InvalidOperationException($"No plan {input} was proposed; propose it before its rollout is started.");
        }

        RolloutStanding standing = await StandingAsync(input, inForce, cancellationToken).ConfigureAwait(false);
        if (standing == RolloutStanding.Open && inForce is not null && inForce.Version < input)
        {
            await rollouts.KeepReplacedAsync(input, inForce, cancellationToken).ConfigureAwait(false);
        }

        PlanDocument? replaced = await rollouts.ReadReplacedAsync(input, cancellationToken).ConfigureAwait(false);
        return new RolloutScope(standing, [.. proposed.Devices.Union(replaced?.Devices ?? [])]);
    }

    private async Task<RolloutStanding> StandingAsync(long version, PlanDocument? inForce, CancellationToken cancellationToken)
    {
        long restored = await rollouts.ReadRestoredVersionAsync(version, cancellationToken).ConfigureAwait(false);
        return restored > 0 && (inForce is null || inForce.Version < version || inForce.Version == restored)
            ? RolloutStanding.TakingBack
            : inForce?.Version > version ? RolloutStanding.Superseded : RolloutStanding.Open;
    }
}
