using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>The two plans of a step: the one that stays and the one whose other replicas leave.</summary>
/// <param name="Version">Version of the plan that stays.</param>
/// <param name="Staying">The plan that stays; null when nothing does.</param>
/// <param name="Leaving">The plan that goes; null when there was none.</param>
/// <param name="KeepAlive">Longest idle time of replicas that the plan which stays does not hold.</param>
internal sealed record RolloutPlans(long Version, PlanDocument? Staying, PlanDocument? Leaving, TimeSpan KeepAlive)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidOperationException">The rollout has ended, or is not being taken back.</exception>
    public static async Task<RolloutPlans> ReadAsync(
        RolloutStore rollouts, long version, RolloutSide side, CancellationToken cancellationToken)
    {
        PlanDocument proposed = await rollouts.ReadPlanAsync(version, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Rollout {version} has ended: its plan is not kept any more.");
        PlanDocument? replaced = await rollouts.ReadReplacedAsync(version, cancellationToken).ConfigureAwait(false);
        PlanDocument staying = side == RolloutSide.Proposed ? proposed : replaced ?? proposed;
        TimeSpan keepAlive = TimeSpan.FromMilliseconds(staying.KeepAliveMilliseconds);
        if (side == RolloutSide.Proposed)
        {
            return new RolloutPlans(version, proposed, replaced, keepAlive);
        }

        long restored = await rollouts.ReadRestoredVersionAsync(version, cancellationToken).ConfigureAwait(false);
        return restored > 0
            ? new RolloutPlans(restored, replaced, proposed, keepAlive)
            : throw new InvalidOperationException($"Rollout {version} is not being taken back.");
    }

    /// <summary>What a device is to hold.</summary>
    public IReadOnlyList<ReplicaId> StayingOn(string device) => Staying.ReplicasOn(device);

    /// <summary>What is to leave a device.</summary>
    public IReadOnlyList<ReplicaId> LeavingFrom(string device) => DevicePlans.Leaving(Leaving, Staying, device);
}
