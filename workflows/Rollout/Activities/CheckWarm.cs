using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>
/// Counts the replicas of the plan that a device has not warm yet. A device that lost the plan, by a restart, is told again; a replica
/// that it lost, to pressure or a failed load, is asked for again.
/// </summary>
internal sealed class CheckWarm(IExpertControl control, RolloutStore rollouts, TimeProvider time)
    : DeadlineActivity<DeviceStep, WarmAnswer>(time)
{
    protected override async Task<WarmAnswer> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        if (await RolloutDevice.FindForAsync(plans, control, input.Device, cancellationToken).ConfigureAwait(false) is not { } device)
        {
            return new WarmAnswer(Waiting: 0, Refusal: null, IsSuperseded: false);
        }

        if (device.Now.PlanVersion < plans.Version)
        {
            return await WarmDevice.TellAsync(control, device, plans, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<ReplicaId> staying = plans.StayingOn(input.Device);
        IReadOnlyList<ReplicaId> absent = device.Absent(staying);
        if (absent.Count > 0 && device.Now.Replicas.All(replica => replica.State != ReplicaState.Loading))
        {
            await control.WarmAsync(device.Index, absent, cancellationToken).ConfigureAwait(false);
        }

        return new WarmAnswer(device.NotWarm(staying), Refusal: null, device.Now.PlanVersion > plans.Version);
    }
}
