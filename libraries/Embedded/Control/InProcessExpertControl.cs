using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Embedded;

/// <summary>Expert control within one process: calls of the host's devices.</summary>
/// <param name="host">The host whose devices are asked.</param>
/// <param name="time">The clock of the devices.</param>
public sealed class InProcessExpertControl(ExpertHost host, TimeProvider time) : IExpertControl
{
    // Requesters and calls share one space of ids, and calls are numbered from 0.
    private const long Requester = long.MaxValue;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        EachAsync(device, replicas, (it, replica) => it.PreWarm(Requester, replica));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        EachAsync(device, replicas, (it, replica) =>
        {
            it.Cancel(Requester, replica);
            return default;
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken)
    {
        IExpertDevice it = host.Devices[device];
        IReadOnlyList<ReplicaRefusal> refused = it.Plan(version, replicas.ToArray(), keepAlive, retained.ToArray());
        return Answer(refused.Select(refusal => refusal.Describe(it, version)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        EachAsync(device, replicas, (it, replica) => it.Drain(replica));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken)
    {
        host.Devices[device].ScaleToZero();
        return Answer([]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken)
    {
        // Devices count idle times from the zero of their clock.
        long nowUs = time.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond;
        return Task.FromResult<IReadOnlyList<DeviceSnapshot>>([.. host.Devices.Select(device => Snapshot(device, nowUs))]);
    }

    private Task<IReadOnlyList<string>> EachAsync(
        int device, IReadOnlyList<ReplicaId> replicas, Func<IExpertDevice, ReplicaId, RequestAnswer> ask)
    {
        IExpertDevice it = host.Devices[device];
        return Answer(replicas.Select(replica => new ReplicaRefusal(replica, ask(it, replica)))
            .Where(refusal => !refusal.Answer.IsAccepted)
            .Select(refusal => refusal.Describe(it)));
    }

    private static Task<IReadOnlyList<string>> Answer(IEnumerable<string> refusals) =>
        Task.FromResult<IReadOnlyList<string>>([.. refusals]);

    private static DeviceSnapshot Snapshot(IExpertDevice device, long nowUs)
    {
        DeviceMemory memory = device.Memory;
        ReplicaSnapshot[] replicas = [.. device.Replicas().Select(replica => Snapshot(replica, nowUs))];
        return new DeviceSnapshot(
            device.Name, IsAlive: true, device.PlanVersion ?? 0, memory.BudgetBytes, memory.ResidentBytes, memory.ReservedBytes, replicas);
    }

    private static ReplicaSnapshot Snapshot(ReplicaStatus replica, long nowUs) => new(
        replica.Replica,
        replica.State,
        replica.Bytes,
        replica.Calls,
        replica.IsPinned,
        replica.IsPlanned,
        replica.State == ReplicaState.Warm ? TimeSpan.FromMicroseconds(Math.Max(0, nowUs - replica.IdleSinceUs)) : TimeSpan.Zero);
}
