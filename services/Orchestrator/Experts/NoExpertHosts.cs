using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Orchestrator;

/// <summary>
/// The expert control of a process that hears of no expert host yet: there are no devices, so a rollout that names some is taken back.
/// </summary>
internal sealed class NoExpertHosts : IExpertControl
{
    public Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        Refuse(device);

    public Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        Refuse(device);

    public Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken) => Refuse(device);

    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        Refuse(device);

    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken) => Refuse(device);

    public Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeviceSnapshot>>([]);

    private static Task<IReadOnlyList<string>> Refuse(int device) =>
        Task.FromResult<IReadOnlyList<string>>([$"There is no device {device}: this orchestrator knows no expert hosts."]);
}
