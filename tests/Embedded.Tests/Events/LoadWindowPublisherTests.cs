using DaprMoE.Ports;

namespace DaprMoE.Embedded.Tests;

public sealed class LoadWindowPublisherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-state-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Publish_AfterARestart_VersionsGoOn()
    {
        ChannelEventBus bus = new();
        using IEventSubscription events = bus.Subscribe(EventTopics.ExpertLoad);
        string file = Path.Combine(_folder, "state.db");
        using (SqliteStateStore state = SqliteStateStore.Open(file))
        {
            LoadWindowPublisher gateway = new(state, bus, "gateway");
            Assert.Equal(1, await gateway.PublishAsync(Close, Cancel));
            Assert.Equal(2, await gateway.PublishAsync(Close, Cancel));
        }

        using SqliteStateStore again = SqliteStateStore.Open(file);
        Assert.Equal(3, await new LoadWindowPublisher(again, bus, "gateway").PublishAsync(Close, Cancel));
        LoadWindowBatch kept = await new LoadWindowLog(again, "gateway").ReadAfterAsync(0, Cancel);
        Assert.Equal([1, 2, 3], kept.Windows.Select(window => window.Version));
        Assert.Equal([new("gateway", 1), new("gateway", 2), new("gateway", 3)], await ReadAsync(events, 3));
    }

    private static LoadWindow Close(long version) =>
        new LoadWindowBuilder("tiny-moe", new LayerShape(1, 2), new Random(1)).Close(version, DateTimeOffset.UnixEpoch);

    private static async Task<VersionEvent[]> ReadAsync(IEventSubscription events, int count)
    {
        VersionEvent[] read = new VersionEvent[count];
        for (int i = 0; i < count; i++)
        {
            read[i] = await events.Events.ReadAsync(Cancel);
        }

        return read;
    }
}
