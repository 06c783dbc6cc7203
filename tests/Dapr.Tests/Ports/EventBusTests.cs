using System.Net;
using System.Net.Http.Json;
using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>Events over a real broker.</summary>
[Collection(SharedPorts.Name)]
public sealed class EventBusTests(SidecarPorts ports)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_TwoInstancesOfOneAppId_EachGetsEachEvent()
    {
        ports.Require();
        using IEventSubscription first = ports.Hosts[0].Bus.Subscribe(EventTopics.ExpertPlan);
        using IEventSubscription second = ports.Hosts[1].Bus.Subscribe(EventTopics.ExpertPlan);
        long[] versions = [8, 7, 8, 9];
        foreach (long version in versions)
        {
            await ports.Autoscaler.Bus.PublishAsync(EventTopics.ExpertPlan, new("each", version), Cancel);
        }

        Assert.Equal([7, 8, 8, 9], await Received.FromAsync(first, "each", versions.Length));
        Assert.Equal([7, 8, 8, 9], await Received.FromAsync(second, "each", versions.Length));
    }

    [Fact]
    public async Task Publish_DeliveryFailsTwice_ComesAgain()
    {
        ports.Require();
        TestService host = ports.Hosts[0];
        using IEventSubscription events = host.Bus.Subscribe(EventTopics.ExpertPlan);
        int before = host.Failed;
        host.Failures = 2;
        await ports.Autoscaler.Bus.PublishAsync(EventTopics.ExpertPlan, new("again", 1), Cancel);
        Assert.Equal([1], await Received.FromAsync(events, "again", 1));
        Assert.Equal(before + 2, host.Failed);
    }

    [Fact]
    public async Task Publish_DeliveryFailsForGood_BecomesADeadLetter()
    {
        ports.Require();
        TestService host = ports.Hosts[0];
        int deliveries = host.Failed + 4;
        int letters = await ports.Redis.LengthAsync("expert-dead-letters");
        host.Failures = 4;
        await ports.Autoscaler.Bus.PublishAsync(EventTopics.ExpertPlan, new("dead", 1), Cancel);
        await Until.TrueAsync(
            async () => await ports.Redis.LengthAsync("expert-dead-letters") > letters, () => ports.Sidecars[1].Process.Output);
        Assert.Equal(deliveries, host.Failed);
    }

    [Fact]
    public async Task Publish_NoEvent_IsDroppedCountedAndADeadLetter()
    {
        ports.Require();
        using IEventSubscription events = ports.Hosts[0].Bus.Subscribe(EventTopics.ExpertPlan);
        int letters = await ports.Redis.LengthAsync("expert-dead-letters");
        Assert.Equal(HttpStatusCode.NoContent, await PublishAsync(ports.Sidecars[0], EventTopics.ExpertPlan));
        await Until.TrueAsync(() => events.Refused == 1, () => ports.Sidecars[1].Process.Output);
        await Until.TrueAsync(
            async () => await ports.Redis.LengthAsync("expert-dead-letters") > letters, () => ports.Sidecars[1].Process.Output);
    }

    [Theory]
    [InlineData(EventTopics.ExpertLoad)]
    [InlineData("some-topic")]
    public async Task Publish_TopicOfAnotherService_IsForbiddenByScopes(string topic)
    {
        ports.Require();
        Assert.Equal(HttpStatusCode.Forbidden, await PublishAsync(ports.Sidecars[0], topic));
    }

    private static async Task<HttpStatusCode> PublishAsync(Sidecar sidecar, string topic)
    {
        using HttpClient http = new();
        using HttpResponseMessage response = await http.PostAsJsonAsync(
            new Uri($"{sidecar.Address}/v1.0/publish/pubsub/{topic}"), new { source = "no event", version = "x" }, Cancel);
        return response.StatusCode;
    }
}
