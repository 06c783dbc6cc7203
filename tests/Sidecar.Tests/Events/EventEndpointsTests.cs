using System.Net;
using System.Text.Json;
using DaprMoE.Ports;

namespace DaprMoE.Sidecar.Tests;

public sealed class EventEndpointsTests
{
    private const string Path = "/events/expert-plan";

    [Fact]
    public async Task Subscribe_Topics_EachHasARouteAndDeadLetters()
    {
        await using TestApp app = await TestApp.StartAsync(null, EventTopics.ExpertPlan, EventTopics.ExpertHost);
        (_, string body) = await app.SendAsync(app.AppPort, HttpMethod.Get, "/dapr/subscribe");
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Equal(
            ["pubsub expert-host events/expert-host expert-dead-letters", "pubsub expert-plan events/expert-plan expert-dead-letters"],
            json.RootElement.EnumerateArray().Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Deliver_TwiceAndOutOfOrder_EachReachesTheSubscriber()
    {
        await using TestApp app = await TestApp.StartAsync(topics: EventTopics.ExpertPlan);
        using IEventSubscription events = app.Bus.Subscribe(EventTopics.ExpertPlan);
        foreach (int version in (int[])[8, 7, 8])
        {
            string data = JsonSerializer.Serialize(new { source = "autoscaler", version });
            (HttpStatusCode status, string body) = await app.SendAsync(app.AppPort, HttpMethod.Post, Path, CloudEvents.Of(data));
            Assert.Equal((HttpStatusCode.OK, """{"status":"SUCCESS"}"""), (status, body));
        }

        Assert.Equal([8L, 7L, 8L], Read(events));
    }

    [Theory]
    [InlineData("""{"source":"autoscaler","version":0}""")]
    [InlineData("""{"source":"auto scaler","version":1}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("\"text\"")]
    [InlineData("[[[[[[1]]]]]]")]
    [InlineData("null")]
    public async Task Deliver_NoEvent_IsDroppedAndCounted(string data)
    {
        await using TestApp app = await TestApp.StartAsync(topics: EventTopics.ExpertPlan);
        using IEventSubscription events = app.Bus.Subscribe(EventTopics.ExpertPlan);
        (HttpStatusCode status, string body) = await app.SendAsync(app.AppPort, HttpMethod.Post, Path, CloudEvents.Of(data));
        Assert.Equal((HttpStatusCode.OK, """{"status":"DROP"}"""), (status, body));
        Assert.Equal((1L, 0), (events.Refused, Read(events).Count));
    }

    [Fact]
    public async Task Deliver_LongPayload_IsDroppedOrRefusedUnread()
    {
        await using TestApp app = await TestApp.StartAsync(topics: EventTopics.ExpertPlan);
        string Event(int padding) => CloudEvents.Of(
            JsonSerializer.Serialize(new { source = "a", version = 1, more = new string('x', padding) }));
        (_, string body) = await app.SendAsync(app.AppPort, HttpMethod.Post, Path, Event(2000));
        Assert.Equal("""{"status":"DROP"}""", body);
        (HttpStatusCode status, _) = await app.SendAsync(app.AppPort, HttpMethod.Post, Path, Event(1 << 20));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Publish_WithoutASidecar_IsLostWithoutAnError()
    {
        await using TestApp app = await TestApp.StartAsync();
        await app.Bus.PublishAsync(EventTopics.ExpertPlan, new("autoscaler", 1), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await app.Bus.PublishAsync("expert-plans", new("autoscaler", 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Subscribe_TopicThatTheSidecarDoesNotBring_IsRefusedByName()
    {
        await using TestApp app = await TestApp.StartAsync(topics: EventTopics.ExpertPlan);
        ArgumentException fault = Assert.Throws<ArgumentException>(() => app.Bus.Subscribe(EventTopics.ExpertLoad));
        Assert.Contains("expert-load", fault.Message, StringComparison.Ordinal);
    }

    private static List<long> Read(IEventSubscription events)
    {
        List<long> versions = [];
        while (events.Events.TryRead(out VersionEvent? message))
        {
            versions.Add(message.Version);
        }

        return versions;
    }

    private static string Describe(JsonElement subscription) => string.Join(
        ' ',
        ((string[])["pubsubName", "topic", "route", "deadLetterTopic"]).Select(name => Text(subscription, name)));

    private static string Text(JsonElement json, string name) =>
        json.EnumerateObject().Single(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.GetString()!;
}
