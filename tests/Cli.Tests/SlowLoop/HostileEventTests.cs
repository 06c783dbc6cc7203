using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Cli.Tests;

/// <summary>What others put on the bus and into state beside the loop.</summary>
public sealed class HostileEventTests : IDisposable
{
    private const int Round = PolicyDefaults.WindowsPerPlan;
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-hostile-").FullName;
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Events_StaleReorderedRepeatedForged_ChangeNothing()
    {
        await using ComposedServer server = await StartSettledAsync();
        StoredPlan before = (await server.Plans.ReadAsync(Cancel))!;
        long windows = await new LoadWindowLog(server.State, "gateway").ReadNewestVersionAsync(Cancel);
        foreach (string topic in EventTopics.All)
        {
            foreach (long version in new[] { 1, long.MaxValue, 2, 1, 1, before.Plan.Version + 1, before.Plan.Version, 1_000_000 })
            {
                await server.Bus.PublishAsync(topic, new VersionEvent("stranger", version), Cancel);
            }

            await Assert.ThrowsAsync<ArgumentException>(() => server.Bus.PublishAsync(topic, new VersionEvent("no name!", 0), Cancel).AsTask());
        }

        // What follows shows that the loop has looked, and goes on from where it was.
        await server.RunAsync(Traffic(server), 1);
        await server.SettleAsync();
        Assert.Equal(before.ETag, (await server.Plans.ReadAsync(Cancel))!.ETag);
        Assert.Equal(before.Plan.Version, server.Followed!.Version);
        Assert.Equal(windows + 1, await new LoadWindowLog(server.State, "gateway").ReadNewestVersionAsync(Cancel));
    }

    [Fact]
    public async Task Documents_ThatAreNone_AreNotActedOn()
    {
        await using ComposedServer server = await StartSettledAsync();
        StoredPlan before = (await server.Plans.ReadAsync(Cancel))!;
        await server.State.SetAsync(StateKeys.Forecast, "no forecast"u8.ToArray(), Cancel);
        await server.State.SetAsync(StateKeys.Window("gateway", 200), new byte[] { 1, 2, 3 }, Cancel);
        await server.State.SetAsync(StateKeys.Plan, """{"version":99,"layers":[]}"""u8.ToArray(), Cancel);
        await server.Bus.PublishAsync(EventTopics.ExpertPlan, new VersionEvent("stranger", 99), Cancel);
        await server.Bus.PublishAsync(EventTopics.ExpertForecast, new VersionEvent("stranger", 99), Cancel);
        LoadWindowPublisher publisher = new(server.State, server.Bus, "gateway");
        await publisher.PublishAsync(version => Traffic(server).Next(version, _clock.GetUtcNow()), Cancel);
        await server.UntilInTimeAsync(async () => (await new ForecastStoreProbe(server.State).VersionAsync(Cancel)) > 0);
        Assert.Equal(before.Plan.Version, server.Followed!.Version);

        // Once it is deleted, as the message says, there is a plan again.
        await server.State.DeleteAsync(StateKeys.Plan, Cancel);
        await server.UntilInTimeAsync(async () => await server.Plans.ReadAsync(Cancel) is not null);
        await server.SettleAsync();
        Assert.True((await server.Plans.ReadAsync(Cancel))!.Plan.Version > before.Plan.Version);
    }

    [Fact]
    public async Task Plan_OfALowerVersion_IsNotShownAsInForce()
    {
        await using ComposedServer server = await StartSettledAsync();
        PlanDocument settled = (await server.Plans.ReadAsync(Cancel))!.Plan;
        long newer = settled.Version + 10;
        await server.State.SetAsync(StateKeys.Plan, PlanCodec.Encode(settled with { Version = newer }), Cancel);
        await server.UntilInTimeAsync(() => Task.FromResult(server.Followed!.Version == newer));
        await server.State.SetAsync(StateKeys.Plan, PlanCodec.Encode(settled), Cancel);
        int looks = 0;
        await server.UntilInTimeAsync(() => Task.FromResult(server.Followed!.Version < newer || ++looks > 40));
        Assert.True(server.Followed!.Version >= newer);
    }

    private static HotTraffic Traffic(ComposedServer server) => new(server.Model.Layout!.Model, server.Model.Layout.Shape, seed: 2);

    private async Task<ComposedServer> StartSettledAsync()
    {
        ComposedServer server = await ComposedServer.StartAsync(Path.Combine(_folder, "state.db"), _clock);
        await server.RunAsync(Traffic(server), Round + 1);
        await server.SettleAsync();
        await server.UntilInTimeAsync(async () => server.Followed?.Version == (await server.Plans.ReadAsync(Cancel))?.Plan.Version);
        return server;
    }

    private sealed class ForecastStoreProbe(IStateStore state)
    {
        public async Task<long> VersionAsync(CancellationToken cancellationToken)
        {
            try
            {
                return (await new ForecastStore(state).ReadAsync(cancellationToken))?.Version ?? 0;
            }
            catch (DocumentException)
            {
                return 0;
            }
        }
    }
}
