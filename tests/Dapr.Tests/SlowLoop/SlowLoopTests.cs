using DaprMoE.Autoscaler.Tests;
using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>The slow loop over real pub/sub and state: windows become forecasts, forecasts become plans.</summary>
public sealed class SlowLoopTests(ControlPlane controlPlane, RedisServer redis)
{
    [Fact]
    public async Task Loop_EventsRepeatedLateAndMalformedAndServicesKilled_FollowsTheLoad()
    {
        Require();
        await using SlowLoopStory story = await SlowLoopStory.StartAsync(controlPlane, redis.Port, "local", windowsPerPlan: 5);
        PlanDocument before = await story.PlannedAsync(hot: 3);
        await story.RestartAsync();
        story.Move(hot: 9);
        PlanDocument after = await story.PlannedAsync(hot: 9);
        Assert.True(after.Version > before.Version && after.WindowVersion > before.WindowVersion, $"{before}\n{after}");
        Assert.All(after.Layers, layer => Assert.All(
            Enumerable.Range(0, FakeBox.Shape.Experts), expert => Assert.InRange(SlowLoopStory.Replicas(layer, expert), 1, 16)));
    }

    [Fact]
    public async Task Loop_EventsThatReachNobody_IsCarriedByReadsOfState()
    {
        Require();
        // A forecast may be as old as a round: two looks of two seconds.
        await using SlowLoopStory story = await SlowLoopStory.StartAsync(
            controlPlane, redisPort: 0, "no-redis", windowsPerPlan: 25);
        using IEventSubscription forecasts = story.Autoscaler.Bus.Subscribe(EventTopics.ExpertForecast);
        await story.PlannedAsync(hot: 3);
        Assert.False(forecasts.Events.TryRead(out _));
    }

    private void Require()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        redis.Require();
    }
}
