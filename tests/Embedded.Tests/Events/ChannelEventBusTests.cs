using DaprMoE.Ports;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Embedded.Tests;

public sealed class ChannelEventBusTests
{
    private readonly ChannelEventBus _bus = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_TwoSubscribersOfATopic_BothReceive()
    {
        using IEventSubscription one = _bus.Subscribe(EventTopics.ExpertLoad);
        using IEventSubscription two = _bus.Subscribe(EventTopics.ExpertLoad);
        using IEventSubscription other = _bus.Subscribe(EventTopics.ExpertPlan);
        await _bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", 3), Cancel);
        Assert.Equal(new("gateway", 3), await one.Events.ReadAsync(Cancel));
        Assert.Equal(new("gateway", 3), await two.Events.ReadAsync(Cancel));
        Assert.False(other.Events.TryRead(out _));
    }

    [Fact]
    public async Task Publish_SubscriberThatDoesNotRead_KeepsTheNewestAndCountsTheRest()
    {
        using IEventSubscription slow = _bus.Subscribe(EventTopics.ExpertLoad);
        for (int version = 1; version <= EventSubscribers.Capacity + 10; version++)
        {
            await _bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", version), Cancel);
        }

        Assert.Equal(10, slow.Dropped);
        Assert.Equal(11, (await slow.Events.ReadAsync(Cancel)).Version);
    }

    [Fact]
    public async Task Dispose_Subscription_EndsItsReader()
    {
        IEventSubscription subscription = _bus.Subscribe(EventTopics.ExpertLoad);
        subscription.Dispose();
        subscription.Dispose();
        await _bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", 1), Cancel);
        Assert.False(await subscription.Events.WaitToReadAsync(Cancel));
    }

    [Fact]
    public void Subscribe_UnknownTopic_ListsTheTopics()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _bus.Subscribe("expert-loads"));
        Assert.Contains("expert-host, expert-load, expert-forecast, expert-plan", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_VersionZero_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(
        async () => await _bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", 0), Cancel));

    [Fact]
    public async Task Watch_Events_AreOneLook()
    {
        FakeTimeProvider clock = new();
        using StateWatch watch = new(_bus, EventTopics.ExpertLoad, clock);
        await _bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", 1), Cancel);
        await _bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", 2), Cancel);
        await watch.NextAsync(Cancel);
        Assert.False(watch.NextAsync(Cancel).IsCompleted);
    }

    [Fact]
    public async Task Watch_NoEvents_LooksEveryTwoSeconds()
    {
        FakeTimeProvider clock = new();
        using StateWatch watch = new(_bus, EventTopics.ExpertLoad, clock);
        Task next = watch.NextAsync(Cancel);
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await next.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public async Task Watch_Cancelled_Throws()
    {
        using StateWatch watch = new(_bus, EventTopics.ExpertLoad, new FakeTimeProvider());
        using CancellationTokenSource stop = new();
        Task next = watch.NextAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }
}
