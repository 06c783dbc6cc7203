using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>Lets the replicas of a device go that the plan which stays does not hold there. Output: how many were asked to.</summary>
internal sealed class DrainDevice(IExpertControl control, RolloutStore rollouts, TimeProvider time)
    : DeadlineActivity<DeviceStep, int>(time)
{
    protected override async Task<int> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        if (await RolloutDevice.TryFindAsync(control, input.Device, cancellationToken).ConfigureAwait(false) is not { } device)
        {
            return 0;
        }

        ReplicaId[] leaving = [.. device.StillHere(plans.LeavingFrom(input.Device)).Select(replica => replica.Replica)];
        if (leaving.Length > 0)
        {
            await control.DrainAsync(device.Index, leaving, cancellationToken).ConfigureAwait(false);
        }

        return leaving.Length;
    }
}
