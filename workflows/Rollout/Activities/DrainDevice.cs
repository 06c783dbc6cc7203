using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>Lets the replicas of a device go that the plan which stays does not hold there. Output: how many were asked to.</summary>
internal sealed class DrainDevice(IExpertControl control, RolloutStore rollouts, TimeProvider time) : DeadlineActivity<DeviceStep, int>(time)
{
    protected override async Task<int> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ReplicaId> leaving = plans.LeavingFrom(input.Device);
        DeviceState state = await control.StateAsync(input.Device, cancellationToken).ConfigureAwait(false);
        if (leaving.Count == 0 || state.PlanVersion > plans.Version)
        {
            return 0;
        }

        await control.DrainAsync(input.Device, leaving, cancellationToken).ConfigureAwait(false);
        return leaving.Count;
    }
}
