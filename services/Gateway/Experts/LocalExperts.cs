using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Experts on the devices of this process.</summary>
internal sealed class LocalExperts : IServedExperts, IUseForecasts
{
    private readonly ExpertHost _host;
    private readonly ExpertLoads _loads;
    private readonly string _backend;

    private LocalExperts(
        ExpertHost host, LiveReplicas replicas, ExpertLoads loads, string backend, TimeProvider clock, bool isEmulated)
    {
        (_host, Replicas, _loads, _backend) = (host, replicas, loads, backend);
        Routes = new Routes(RoutingTable.Static(replicas.ExpertsPerLayer, host.Devices.Count));
        Transport = new InProcessTransport(host);
        Control = new InProcessExpertControl(host, clock);
        WarmUps = isEmulated ? new EmulatedWarmUps(host) : null;
    }

    public IExpertTransport Transport { get; }

    public IExpertControl Control { get; }

    public required long ExpertBytes { get; init; }

    public LiveReplicas Replicas { get; }

    public IUseForecasts? Uses => this;

    public IWarmUps? WarmUps { get; }

    public Routes Routes { get; }

    public long ResidentBytes => _host.ResidentBytes;

    /// <summary>Makes the devices.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How many devices, with how much memory.</param>
    /// <param name="backends">Makes what computes on them; taken over.</param>
    /// <param name="events">Hears of their residency.</param>
    /// <param name="loads">The load of the latest window.</param>
    /// <param name="box">What emulated devices share; null where they are real.</param>
    /// <exception cref="ExpertTooLargeException">One expert is larger than a device's memory.</exception>
    public static LocalExperts Create(
        ModelDescription model, LocalEngineOptions options, IExpertBackendFactory backends, ExpertEvents events, ExpertLoads loads,
        EmulatedBox? box = null)
    {
        // Until a plan comes that says how long, what lies idle stays until its memory is needed.
        ExpertHostOptions hostOptions = new()
        {
            Devices = options.Devices,
            DeviceMemoryBytes = options.DeviceMemory,
            MemoryKind = box is null ? BilledModel.KindOf(options.BackendDevice) : BillOptions.Gpu,
            KeepAlive = Timeout.InfiniteTimeSpan,
            Box = box,
        };
        try
        {
            ExpertHost host = ExpertHost.Create(model, hostOptions, backends, options.Clock, events);
            IReadOnlyList<int> experts = ExpertCounts.Of(model);
            long[] bytes = [.. experts.Select((_, layer) => backends.ExpertBytes(layer))];
            LiveReplicas replicas = new(experts, bytes, [.. host.Devices.Select(device => device.Memory.BudgetBytes)]);
            events.Watch(new ReplicaFeed(replicas));
            TimeProvider clock = box?.Clock ?? options.Clock;
            return new LocalExperts(host, replicas, loads, backends.Name, clock, isEmulated: box is not null) { ExpertBytes = bytes.DefaultIfEmpty(0).Max() };
        }
        catch
        {
            backends.Dispose();
            throw;
        }
    }

    public IReadOnlyList<DeviceInventory> Devices() => [.. _host.Devices.Select(Device)];

    public ValueTask<ExpertInventory> ReadAsync(CancellationToken cancellationToken)
    {
        IEnumerable<ExpertInstance> instances =
            _host.Devices.SelectMany(device => device.Replicas().Select(replica => Instance(replica, device)));
        return new(new ExpertInventory(
            PolicyNames.Static, Routes.Current.Version, Devices(), [.. instances.OrderBy(ExpertInstance.Place)]));
    }

    public void Expect(int device, int layer, ReadOnlyMemory<float> chances) => _host.Devices[device].Forecast(layer, chances);

    public void Dispose() => _host.Dispose();

    private DeviceInventory Device(IExpertDevice device)
    {
        DeviceMemory memory = device.Memory;
        return new DeviceInventory(
            device.Name, _backend, Alive: true, memory.BudgetBytes, memory.ResidentBytes, memory.ReservedBytes, memory.LoadingBytes);
    }

    private ExpertInstance Instance(ReplicaStatus replica, IExpertDevice device) => ExpertInstance.Of(
        replica.Replica, device.Name, replica.State, replica.Bytes, replica.Calls, replica.IsPinned, replica.IsPlanned,
        _loads.Of(replica.Replica.Expert));
}
