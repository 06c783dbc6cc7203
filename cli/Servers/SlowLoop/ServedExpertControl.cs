using DaprMoE.Gateway;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Cli;

/// <summary>Expert control of the served model, which opens in the background; layers are numbered as plans number them.</summary>
internal sealed class ServedExpertControl(IServedModelSource models) : IExpertControl
{
    private PlanLayerControl? _control;

    public Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        Control().WarmAsync(device, replicas, cancellationToken);

    public Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        Control().CancelAsync(device, replicas, cancellationToken);

    public Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken) =>
        Control().PlanAsync(device, version, replicas, keepAlive, retained, cancellationToken);

    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        Control().DrainAsync(device, replicas, cancellationToken);

    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken) =>
        Control().EvictAsync(device, cancellationToken);

    public Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken) => Control().StateAsync(cancellationToken);

    private PlanLayerControl Control() => _control ??= models.Current is { Control: { } control, Layout: { } layout }
        ? new PlanLayerControl(control, layout)
        : throw new InvalidOperationException("No model is served at this moment, so there are no devices to ask.");
}
