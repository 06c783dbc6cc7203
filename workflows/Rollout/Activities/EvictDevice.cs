using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>
/// Frees the memory of the replicas that are to leave a device. Output: how many are still there. One that a late call has loaded again
/// is drained again.
/// </summary>
internal sealed class EvictDevice(IExpertControl control, RolloutStore rollouts, TimeProvider time) : DeadlineActivity<DeviceStep, int>(time)
{
    protected override async Task<int> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        DeviceState state = await control.StateAsync(input.Device, cancellationToken).ConfigureAwait(false);
        HashSet<ReplicaId> leaving = [.. plans.LeavingFrom(input.Device)];
        ReplicaStatus[] there = [.. state.Replicas.Where(replica => leaving.Contains(replica.Replica) && !replica.IsPinned)];
        if (there.Length == 0 || state.PlanVersion > plans.Version)
        {
            return 0;
        }

        ReplicaId[] again = [.. there.Where(replica => replica.State != ReplicaState.Draining).Select(replica => replica.Replica)];
        if (again.Length > 0)
        {
            await control.DrainAsync(input.Device, again, cancellationToken).ConfigureAwait(false);
        }

        ReplicaId[] all = [.. there.Select(replica => replica.Replica)];
        return (await control.EvictAsync(input.Device, all, cancellationToken).ConfigureAwait(false)).Count;
    }
}
