using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>Counts the replicas of the proposed plan that a device has not warm yet. A device that lost the plan, by a restart, is told again.</summary>
internal sealed class CheckWarm(IExpertControl control, RolloutStore rollouts, TimeProvider time)
    : DeadlineActivity<DeviceStep, WarmAnswer>(time)
{
    protected override async Task<WarmAnswer> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        DevicePlan plan = plans.On(input.Device);
        DeviceState state = await control.StateAsync(input.Device, cancellationToken).ConfigureAwait(false);
        if (state.PlanVersion < plan.Version)
        {
            return await WarmDevice.TellAsync(control, input.Device, plan, cancellationToken).ConfigureAwait(false);
        }

        HashSet<ReplicaId> warm = [.. state.Replicas
            .Where(replica => replica.State is ReplicaState.Warm or ReplicaState.Busy)
            .Select(replica => replica.Replica)];
        return new WarmAnswer(plan.Replicas.Count(replica => !warm.Contains(replica)), Refusal: null, state.PlanVersion > plan.Version);
    }
}
