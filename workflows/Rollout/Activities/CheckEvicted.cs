using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>
/// Counts the replicas that are to leave a device and still hold memory there. One that a late call has loaded again is drained again.
/// </summary>
internal sealed class CheckEvicted(IExpertControl control, RolloutStore rollouts, TimeProvider time)
    : DeadlineActivity<DeviceStep, int>(time)
{
    protected override async Task<int> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        if (await RolloutDevice.TryFindAsync(control, input.Device, cancellationToken).ConfigureAwait(false) is not { } device)
        {
            return 0;
        }

        IReadOnlyList<ReplicaSnapshot> here = device.StillHere(plans.LeavingFrom(input.Device));
        ReplicaId[] again = [.. here.Where(replica => replica.State != ReplicaState.Draining).Select(replica => replica.Replica)];
        if (again.Length > 0)
        {
            await control.DrainAsync(device.Index, again, cancellationToken).ConfigureAwait(false);
        }

        return here.Count;
    }
}
