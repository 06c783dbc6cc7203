using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows.Tests;

/// <summary>Expert control over the test's devices; the calls are named by the device's name.</summary>
internal sealed class TestControl(IReadOnlyDictionary<string, RulesDevice> devices, PortCalls calls) : IExpertControl
{
    private readonly string[] _names = [.. devices.Keys];

    public Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        CallAsync("prewarm", device, it => it.PreWarm(replicas));

    public Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Rollouts cancel nothing.");

    public Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken) =>
        CallAsync("plan", device, it => it.Plan(version, replicas, keepAlive, retained));

    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        CallAsync("drain", device, it => it.Drain(replicas));

    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Rollouts never empty a device.");

    public Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken) =>
        calls.MakeAsync<IReadOnlyList<DeviceSnapshot>>("state", () => [.. devices.Select(device => device.Value.Snapshot(device.Key))]);

    private Task<IReadOnlyList<string>> CallAsync(string call, int device, Func<RulesDevice, IReadOnlyList<string>> make) =>
        calls.MakeAsync($"{call} {_names[device]}", () => devices[_names[device]] is { IsLost: false } it
            ? make(it)
            : [$"Device {_names[device]} is lost."]);
}
