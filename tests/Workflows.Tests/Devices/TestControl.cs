using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows.Tests;

/// <summary>Expert control over the test's devices.</summary>
internal sealed class TestControl(IReadOnlyDictionary<string, RulesDevice> devices, PortCalls calls) : IExpertControl
{
    public Task<DevicePlanAnswer> WarmAsync(string device, DevicePlan plan, CancellationToken cancellationToken) =>
        calls.MakeAsync($"warm {device}", () => devices[device].Warm(plan));

    public Task<DeviceState> StateAsync(string device, CancellationToken cancellationToken) =>
        calls.MakeAsync($"state {device}", () => devices[device].State());

    public Task<IReadOnlyList<RefusedReplica>> DrainAsync(
        string device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        calls.MakeAsync($"drain {device}", () => devices[device].Drain(replicas));

    public Task<IReadOnlyList<RefusedReplica>> EvictAsync(
        string device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        calls.MakeAsync($"evict {device}", () => devices[device].Evict(replicas));
}
