using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Cli.Tests;

/// <summary>Minutes of traffic through the loop as <c>serve</c> composes it, down to the devices.</summary>
public sealed class ComposedLoopTests : IDisposable
{
    private const int Round = PolicyDefaults.WindowsPerPlan;
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-composed-").FullName;
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(_folder, "state.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SteadyLoad_AfterConvergence_MovesNothing_AndAStepIsFollowedWithinThreeRounds()
    {
        await using ComposedServer server = await ComposedServer.StartAsync(StateFile, _clock);
        HotTraffic traffic = TrafficOf(server);
        await server.RunAsync(traffic, 15 * Round);
        await server.SettleAsync();
        PlanDocument settled = (await server.Plans.ReadAsync(Cancel))!.Plan;
        await server.RunAsync(traffic, 8 * Round);
        await server.SettleAsync();
        Assert.Equal(settled.Version, (await server.Plans.ReadAsync(Cancel))!.Plan.Version);

        traffic.Hot = 9;
        await server.RunAsync(traffic, 3 * Round);
        await server.SettleAsync();
        PlanDocument followed = (await server.Plans.ReadAsync(Cancel))!.Plan;
        LoadWindow window = traffic.Next(1, _clock.GetUtcNow());
        double before = Imbalance(settled, window);
        double after = Imbalance(followed, window);
        Assert.True(after < 1 + ((before - 1) / 2), $"busiest device against mean: {before:0.00} with the plan before, {after:0.00} after");

        await server.UntilInTimeAsync(() => Task.FromResult(server.Followed?.Version == followed.Version));
        await AssertHeldAsync(server, followed);
    }

    [Fact]
    public async Task Restart_PlanAndWindowsAreThereAgain_AndDevicesHoldThePlan()
    {
        PlanDocument before;
        await using (ComposedServer first = await ComposedServer.StartAsync(StateFile, _clock))
        {
            await first.RunAsync(TrafficOf(first), 4 * Round);
            await first.SettleAsync();
            before = (await first.Plans.ReadAsync(Cancel))!.Plan;
        }

        await using ComposedServer second = await ComposedServer.StartAsync(StateFile, _clock);
        await ComposedServer.UntilAsync(() => second.Followed is not null);
        Assert.Equal(before.Version, second.Followed!.Version);
        Assert.Equal(PlanCodec.Encode(before), PlanCodec.Encode(second.Followed));
        await second.UntilInTimeAsync(async () => (await StatesAsync(second)).All(device => device.PlanVersion == before.Version));
        await AssertHeldAsync(second, before);
        Assert.Equal(4 * Round, await new LoadWindowLog(second.State, "gateway").ReadNewestVersionAsync(Cancel));
    }

    [Fact]
    public async Task Rollout_CutOffByARestart_IsBegunAgainFromTheStoredPlan()
    {
        long cutOff;
        await using (ComposedServer first = await ComposedServer.StartAsync(StateFile, _clock))
        {
            // The autoscaler's next look finds the devices. Then the clock stands still: what is to be read ahead of use stops at its
            // bandwidth, and the rollout waits for it.
            RolloutStore rollouts = first.Services.GetRequiredService<RolloutStore>();
            await first.UntilInTimeAsync(async () => await rollouts.ReadOpenAsync(Cancel) > 0);
            cutOff = await rollouts.ReadOpenAsync(Cancel);
            Assert.Null(await first.Plans.ReadAsync(Cancel));
        }

        await using ComposedServer second = await ComposedServer.StartAsync(StateFile, _clock);
        await second.UntilInTimeAsync(async () => await second.Plans.ReadAsync(Cancel) is not null);
        Assert.Equal(cutOff, (await second.Plans.ReadAsync(Cancel))!.Plan.Version);
        await second.SettleAsync();
    }

    private static HotTraffic TrafficOf(ComposedServer server) => new(server.Model.Layout!.Model, server.Model.Layout.Shape, seed: 1);

    private static async Task<IReadOnlyList<DeviceSnapshot>> StatesAsync(ComposedServer server) =>
        await server.Services.GetRequiredService<IExpertControl>().StateAsync(Cancel);

    /// <summary>Each device holds what the plan has there, warm.</summary>
    private static async Task AssertHeldAsync(ComposedServer server, PlanDocument plan)
    {
        await server.UntilInTimeAsync(async () => (await StatesAsync(server)).All(device => plan.ReplicasOn(device.Name)
            .Except(device.Replicas.Where(replica => replica is { IsPlanned: true, State: ReplicaState.Warm }).Select(replica => replica.Replica))
            .ToList().Count == 0));
        Assert.All(await StatesAsync(server), device => Assert.Equal(plan.Version, device.PlanVersion));
    }

    /// <summary>The busiest device against the mean, each expert's tokens divided evenly over its replicas; mean over layers.</summary>
    private static double Imbalance(PlanDocument plan, LoadWindow window) => Enumerable.Range(0, plan.Layers.Count).Average(layer =>
    {
        LayerPlan own = plan.Layers[layer].ToLayerPlan(plan.Experts, plan.Devices.Count);
        ReadOnlySpan<int> loads = window.Shape.Layer<int>(window.Loads, layer);
        double[] devices = new double[plan.Devices.Count];
        foreach (PlannedReplica replica in own.Replicas)
        {
            devices[replica.Device] += (double)loads[replica.Expert] / own.CountOf(replica.Expert);
        }

        return devices.Max() / devices.Average();
    });
}
