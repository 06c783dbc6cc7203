using System.Collections.Concurrent;
using DaprMoE.Ports;
using DaprMoE.Ports.Tests;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows.Tests;

/// <summary>
/// What outlives the process that rolls out: two devices of three slots each and the state store. Plan A has E0 and E1 on the first, E2 and
/// E3 on the second device; plan B exchanges E1 and E2 and gives E0 a second replica.
/// </summary>
internal sealed class Cluster
{
    public static readonly string[] HeldByA = ["a: L0.E0.R0", "a: L0.E1.R0", "b: L0.E2.R0", "b: L0.E3.R0"];
    public static readonly string[] HeldByB = ["a: L0.E0.R0", "a: L0.E2.R0", "b: L0.E0.R1", "b: L0.E1.R0", "b: L0.E3.R0"];
    private static readonly int[] ReplicasOfA = [0, 0, 0, 1, 0, 0, 2, 0, 1, 3, 0, 1];
    private static readonly int[] ReplicasOfB = [0, 0, 0, 0, 1, 1, 1, 0, 1, 2, 0, 0, 3, 0, 1];

    public Dictionary<string, RulesDevice> Devices { get; } = new() { ["a"] = new RulesDevice(3), ["b"] = new RulesDevice(3) };

    public IStateStore State { get; private init; } = new MemoryState();

    public ConcurrentQueue<long> Published { get; } = [];

    public RulesDevice A => Devices["a"];

    public RulesDevice B => Devices["b"];

    public IReadOnlyList<string> Held => [.. Devices.SelectMany(device => device.Value.Held.Select(replica => $"{device.Key}: {replica}"))];

    public static ReplicaId Replica(int expert) => new(new ExpertId(0, expert), 0);

    /// <summary>Plan A is in force and held.</summary>
    /// <param name="state">Where plans are kept; null: in memory.</param>
    public static async Task<Cluster> WithPlanAAsync(IStateStore? state = null)
    {
        Cluster cluster = new() { State = state ?? new MemoryState() };
        PlanDocument plan = await cluster.ProposeAsync(ReplicasOfA);
        Assert.True(await new PlanStore(cluster.State).TryWriteAsync(plan, seen: null, TestContext.Current.CancellationToken));
        await new RolloutStore(cluster.State).EndAsync(plan.Version, TestContext.Current.CancellationToken);
        foreach ((string name, RulesDevice device) in cluster.Devices)
        {
            device.Plan(plan.Version, plan.ReplicasOn(name), TimeSpan.FromSeconds(1));
        }

        Assert.Equal(HeldByA, cluster.Held);
        return cluster;
    }

    public async Task<long> ProposeBAsync() => (await ProposeAsync(ReplicasOfB)).Version;

    /// <summary>A plan for the first device alone.</summary>
    public async Task<long> ProposeOnAAsync() => (await ProposeAsync([0, 0, 0, 1, 0, 0, 2, 0, 0], ["a"])).Version;

    public async Task<PlanDocument?> InForceAsync() =>
        (await new PlanStore(State).ReadAsync(TestContext.Current.CancellationToken))?.Plan;

    /// <summary>After all keep-alives, the devices hold exactly what the plan in force says, and no rollout is kept.</summary>
    public async Task AssertSettledAsync(long rollout, params string[] held)
    {
        foreach (RulesDevice device in Devices.Values)
        {
            device.PassTime();
        }

        Assert.Equal(held, Held);
        PlanDocument? inForce = await InForceAsync();
        Assert.Equal(held, Devices.Keys.SelectMany(name => inForce.ReplicasOn(name).Select(replica => $"{name}: {replica}")));
        Assert.Null(await new RolloutStore(State).ReadPlanAsync(rollout, TestContext.Current.CancellationToken));
    }

    private async Task<PlanDocument> ProposeAsync(int[] replicas, string[]? devices = null)
    {
        PlanDocument plan = new(
            1, "tiny", "auto", 0, 0, 0, KeepAliveMilliseconds: 1000, Experts: 8, devices ?? ["a", "b"], [new PlanLayer("forecast", replicas)]);
        long inForce = (await InForceAsync())?.Version ?? 0;
        return await new RolloutStore(State).ProposeAsync(plan, inForce, TestContext.Current.CancellationToken);
    }
}
