using DaprMoE.DirectTransport;
using DaprMoE.Dispatch;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Experts on listed expert hosts.</summary>
internal sealed class RemoteExperts : IServedExperts
{
    private readonly ExpertHosts _hosts;
    private readonly ExpertLoads _loads;

    private RemoteExperts(ExpertHosts hosts, LiveReplicas replicas, ExpertLoads loads)
    {
        (_hosts, _loads, Replicas) = (hosts, loads, replicas);
    }

    public IExpertTransport Transport => _hosts.Transport;

    public IExpertControl Control => _hosts.Control;

    public long ExpertBytes => _hosts.Hosts.SelectMany(host => host.Devices).Select(device => device.ExpertBytes).DefaultIfEmpty(0).Max();

    public LiveReplicas Replicas { get; }

    public IUseForecasts? Uses => null;

    public Routes Routes => _hosts.Routes;

    public long ResidentBytes => _hosts.Hosts.SelectMany(host => host.Devices).Sum(device => device.ResidentBytes);

    /// <summary>Connects to all hosts; blocks until each has joined, so it is called on a thread that opens a model.</summary>
    /// <param name="model">The model, which the hosts must have too.</param>
    /// <param name="options">Which hosts.</param>
    /// <param name="maxRows">Most rows of one call.</param>
    /// <param name="loads">The load of the latest window.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="ExpertHostsException">
    /// An address may not be called this way, a host has another model or version or a name twice, or some are not there in time.
    /// </exception>
    public static RemoteExperts Connect(
        PackedModel model, LocalEngineOptions options, int maxRows, ExpertLoads loads, CancellationToken cancellationToken)
    {
        ExpertHostsOptions hosts = new()
        {
            Addresses = options.ExpertHosts,
            Model = model.Fingerprint,
            Limits = FrameSizes.Of(model.Description, maxRows),
            Lossy = options.LossyFrames,
            Security = options.HostSecurity,
        };
        ExpertHosts connected =
            ExpertHosts.ConnectAsync(hosts, options.Clock, options.Logs.CreateLogger<ExpertHosts>(), cancellationToken).GetAwaiter().GetResult();
        DeviceFacts[] devices = [.. connected.Hosts.SelectMany(host => host.Devices)];
        IReadOnlyList<int> experts = ExpertCounts.Of(model.Description);
        // Hosts announce their largest expert, as their backend holds it.
        long bytes = devices.Length == 0 ? 0 : devices.Max(device => device.ExpertBytes);
        LiveReplicas replicas = new(
            experts, [.. experts.Select(count => count > 0 ? bytes : 0)], [.. devices.Select(device => Budget(device.BudgetBytes))]);
        return new RemoteExperts(connected, replicas, loads);
    }

    public IReadOnlyList<DeviceInventory> Devices() =>
    [
        .. _hosts.Hosts.SelectMany(host => host.Devices.Select(device => new DeviceInventory(
            device.Name, host.Backend, host.IsAlive, Budget(device.BudgetBytes), device.ResidentBytes,
            device.ReservedBytes, LoadingBytes: 0))),
    ];

    public async ValueTask<ExpertInventory> ReadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceSnapshot> devices = await _hosts.Control.StateAsync(cancellationToken);
        Dictionary<string, string> backends = _hosts.Hosts
            .SelectMany(host => host.Devices.Select(device => (device.Name, host.Backend)))
            .ToDictionary(pair => pair.Name, pair => pair.Backend);
        return new ExpertInventory(
            PolicyNames.Static,
            Routes.Current.Version,
            [.. devices.Select(device => Device(device, backends.GetValueOrDefault(device.Name, "")))],
            [.. devices.SelectMany(device => device.Replicas.Select(replica => Instance(replica, device.Name))).OrderBy(ExpertInstance.Place)]);
    }

    public void Dispose() => _hosts.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static long? Budget(long bytes) => bytes > 0 ? bytes : null;

    private static DeviceInventory Device(DeviceSnapshot device, string backend)
    {
        long loading = device.Replicas.Where(replica => replica.State == ReplicaState.Loading).Sum(replica => replica.Bytes);
        return new DeviceInventory(
            device.Name, backend, device.IsAlive, device.BudgetBytes, device.ResidentBytes, device.ReservedBytes, loading);
    }

    private ExpertInstance Instance(ReplicaSnapshot replica, string device) => ExpertInstance.Of(
        replica.Replica, device, replica.State, replica.Bytes, replica.Calls, replica.IsPinned, replica.IsPlanned,
        _loads.Of(replica.Replica.Expert));
}
