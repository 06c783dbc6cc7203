using System.Net;
using DaprMoE.Ports;

namespace DaprMoE.Sidecar.Tests;

public sealed class AppPortTests
{
    [Fact]
    public async Task PublicPort_SidecarsRoutes_AreNotThere()
    {
        await using TestApp app = await TestApp.StartAsync(topics: EventTopics.ExpertPlan);
        string host = $"127.0.0.1:{app.AppPort}";
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(app.PublicPort, HttpMethod.Get, "/dapr/subscribe")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(app.PublicPort, HttpMethod.Get, "/dapr/subscribe", host: host)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(app.PublicPort, HttpMethod.Post, "/events/expert-plan", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.SendAsync(app.PublicPort, HttpMethod.Get, "/livez")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.SendAsync(app.AppPort, HttpMethod.Get, "/dapr/subscribe")).Status);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("right", HttpStatusCode.OK)]
    public async Task AppPort_WithAppToken_AsksForItOnEachRoute(string? token, HttpStatusCode expected)
    {
        await using TestApp app = await TestApp.StartAsync("right", EventTopics.ExpertPlan);
        Assert.Equal(expected, (await app.SendAsync(app.AppPort, HttpMethod.Get, "/dapr/subscribe", token: token)).Status);
        string cloudEvent = CloudEvents.Of("""{"source":"autoscaler","version":1}""");
        Assert.Equal(expected, (await app.SendAsync(app.AppPort, HttpMethod.Post, "/events/expert-plan", cloudEvent, token)).Status);
    }
}
