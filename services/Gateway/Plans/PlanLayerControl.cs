using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Expert control as plans number layers: MoE layers only, from 0. The devices number those of the model.
/// </summary>
/// <param name="control">The devices.</param>
/// <param name="layout">The model.</param>
public sealed class PlanLayerControl(IExpertControl control, ExpertLayout layout) : IExpertControl
{
    private readonly Dictionary<int, int> _moeLayerOf =
        layout.Layers.Select((layer, index) => (layer, index)).ToDictionary(pair => pair.layer, pair => pair.index);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        control.WarmAsync(device, InModel(replicas), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        control.CancelAsync(device, InModel(replicas), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken) =>
        control.PlanAsync(device, version, InModel(replicas), keepAlive, InModel(retained), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        control.DrainAsync(device, InModel(replicas), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken) =>
        control.EvictAsync(device, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceSnapshot> devices = await control.StateAsync(cancellationToken);
        return [.. devices.Select(device => device with { Replicas = [.. device.Replicas.Select(InPlan)] })];
    }

    private ReplicaId[] InModel(IReadOnlyList<ReplicaId> replicas) => [.. replicas.Select(replica => Move(replica, layout.Layers[replica.Expert.Layer]))];

    private ReplicaSnapshot InPlan(ReplicaSnapshot replica) =>
        replica with { Replica = Move(replica.Replica, _moeLayerOf[replica.Replica.Expert.Layer]) };

    private static ReplicaId Move(ReplicaId replica, int layer) => new(new ExpertId(layer, replica.Expert.Expert), replica.Index);
}
