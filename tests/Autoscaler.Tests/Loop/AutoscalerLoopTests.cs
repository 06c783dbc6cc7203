using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler.Tests;

public sealed class AutoscalerLoopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auto")]
    [InlineData("moeless")]
    [InlineData("eplb")]
    [InlineData("static")]
    public async Task Look_BeforeAnyLoad_PlansEveryExpertAtLeastOnce(string policy)
    {
        using AutoscalerStory story = new(policy);
        PlanDocument? plan = await story.LookAsync();
        Assert.Equal((1, policy, 0), (plan!.Version, plan.Policy, plan.WindowVersion));
        Assert.Equal(10_000, plan.KeepAliveMilliseconds);
        Assert.All(plan.Layers, layer => Assert.True(Plan(layer).CountOf(0) >= 1 && Plan(layer).Count >= FakeBox.Shape.Experts));
        Assert.Null(await story.LookAsync());
    }

    [Fact]
    public async Task Look_NewPlan_IsAnnouncedWithItsVersion()
    {
        using AutoscalerStory story = new();
        using IEventSubscription plans = story.Bus.Subscribe(EventTopics.ExpertPlan);
        await story.LookAsync();
        Assert.Equal(new VersionEvent("autoscaler", 1), await plans.Events.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Look_NoDevices_PlansNothing()
    {
        using AutoscalerStory story = new();
        story.Box.Clear();
        Assert.Null(await story.LookAsync());
        Assert.Null(await story.PlanAsync());
    }

    [Fact]
    public async Task Plans_OfATightBox_NeverHoldMoreThanItsSlots()
    {
        using AutoscalerStory story = new("auto", slots: 26);
        Traffic traffic = new(1);
        await story.RunAsync(traffic, 30);
        PlanDocument plan = (await story.PlanAsync())!;
        for (int device = 0; device < 4; device++)
        {
            Assert.InRange(plan.Layers.Sum(layer => Plan(layer).CountOn(device)), 0, 26);
        }
    }

    [Fact]
    public async Task Restart_PlanInForce_StaysAndIsTakenUp()
    {
        using AutoscalerStory story = new();
        Traffic traffic = new(1);
        await story.RunAsync(traffic, 60);
        PlanDocument before = (await story.PlanAsync())!;
        using IEventSubscription plans = story.Bus.Subscribe(EventTopics.ExpertPlan);
        story.Restart();
        Assert.Null(await story.LookAsync());
        Assert.Equal(before.Version, (await plans.Events.ReadAsync(Cancel)).Version);
        Assert.Empty(await story.RunAsync(traffic, 15));
        Assert.Equal(PlanCodec.Encode(before), PlanCodec.Encode((await story.PlanAsync())!));
    }

    /// <summary>Events only wake: whatever they say, what counts is state.</summary>
    [Fact]
    public async Task Look_EventsWithoutNews_ChangesNothing()
    {
        using AutoscalerStory story = new();
        await story.RunAsync(new Traffic(1), 7);
        byte[] before = PlanCodec.Encode((await story.PlanAsync())!);
        foreach (string topic in EventTopics.All)
        {
            foreach (long version in (long[])[1, 7, 3, 3, 999_999, long.MaxValue])
            {
                await story.Bus.PublishAsync(topic, new VersionEvent("nobody", version), Cancel);
                Assert.Null(await story.LookAsync());
            }
        }

        Assert.Equal(before, PlanCodec.Encode((await story.PlanAsync())!));
    }

    [Fact]
    public async Task Look_LostDevice_IsPlannedWithoutAtOnce()
    {
        using AutoscalerStory story = new();
        await story.RunAsync(new Traffic(1), 30);
        story.Box.Set(37, "host-0", "host-1", "host-3");
        PlanDocument? plan = await story.LookAsync();
        Assert.Equal(["host-0", "host-1", "host-3"], plan!.Devices);
        Assert.All(plan.Layers, layer =>
        {
            LayerPlan own = layer.ToLayerPlan(plan.Experts, plan.Devices.Count);
            Assert.All(Enumerable.Range(0, plan.Experts), expert => Assert.True(own.CountOf(expert) >= 1));
        });
    }

    [Fact]
    public async Task Look_LostDevice_LeavesTheOthersReplicasWhereTheyAre()
    {
        using AutoscalerStory story = new();
        await story.RunAsync(new Traffic(1), 30);
        PlanDocument before = (await story.PlanAsync())!;
        story.Box.Set(37, "host-0", "host-1", "host-3");
        PlanDocument after = (await story.LookAsync())!;
        for (int layer = 0; layer < FakeBox.Shape.Layers; layer++)
        {
            PlannedReplica[] stayed = [.. Plan(before.Layers[layer]).Replicas.ToArray().Where(replica => replica.Device is 0 or 1)];
            PlannedReplica[] now = after.Layers[layer].ToLayerPlan(after.Experts, 3).Replicas.ToArray();
            Assert.True(stayed.Intersect(now).Count() >= stayed.Length - 1, $"layer {layer}");
        }
    }

    [Fact]
    public async Task Switch_OtherPolicy_PlansAtOnceAndUnknownOnesAreRefused()
    {
        using AutoscalerStory story = new();
        await story.RunAsync(new Traffic(1), 30);
        story.Policy.Switch("static");
        PlanDocument? plan = await story.LookAsync();
        Assert.Equal("static", plan!.Policy);
        SchedulingException unknown = Assert.Throws<SchedulingException>(() => story.Policy.Switch("best"));
        Assert.Contains("there are auto", unknown.Message, StringComparison.Ordinal);
        SchedulingException simulated = Assert.Throws<SchedulingException>(() => story.Policy.Switch("capacity-oracle"));
        Assert.Contains("simulator only", simulated.Message, StringComparison.Ordinal);
        Assert.Equal("static", story.Policy.Name);
    }

    [Fact]
    public async Task Switch_PolicyWithTooLittleRoom_IsSaidAndThePlanStays()
    {
        using AutoscalerStory story = new("static", slots: 18);
        PlanDocument? plan = await story.LookAsync();
        story.Policy.Switch("eplb");
        Assert.Null(await story.LookAsync());
        Assert.Null(await story.LookAsync());
        Assert.Equal(plan!.Version, (await story.PlanAsync())!.Version);
        Assert.Single(story.Logged, line => line.StartsWith("Policy eplb makes no plan for this box", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_PlanThatIsNone_IsRefusedByNameAndNotOverwritten()
    {
        using AutoscalerStory story = new();
        await story.State.SetAsync(StateKeys.Plan, "{\"version\":"u8.ToArray(), Cancel);
        Assert.Null(await story.LookAsync());
        Assert.Contains(story.Logged, line => line.StartsWith("The plan is no plan", StringComparison.Ordinal));
        Assert.Equal(11, (await story.State.GetAsync(StateKeys.Plan, Cancel))!.Value.Length);
    }

    [Fact]
    public async Task TryStart_AnotherAutoscalerWasFaster_NothingIsWritten()
    {
        using AutoscalerStory story = new();
        PlanDocument plan = (await story.LookAsync())!;
        PlanStore plans = new(story.State);
        StoredPlan seen = (await plans.ReadAsync(Cancel))!;
        SwitchAtOnce rollout = new(story.State, story.Bus);
        Assert.True(await rollout.TryStartAsync(plan with { Version = 2, Policy = "theirs" }, seen, Cancel));
        Assert.False(await rollout.TryStartAsync(plan with { Version = 2, Policy = "ours" }, seen, Cancel));
        Assert.Equal("theirs", (await plans.ReadAsync(Cancel))!.Plan.Policy);
    }

    /// <summary>
    /// Warming takes a while: the plan is not begun again at each look, and again after a round, should it have been taken back.
    /// </summary>
    [Fact]
    public async Task Look_RolloutUnderWay_IsGivenARound()
    {
        StandingRollout rollout = new();
        using AutoscalerStory story = new("static", rollout: rollout);
        await story.LookAsync();
        story.Clock.Advance(TimeSpan.FromSeconds(2));
        await story.LookAsync();
        Assert.Single(rollout.Started);
        story.Clock.Advance(TimeSpan.FromSeconds(3));
        await story.LookAsync();
        Assert.Equal(2, rollout.Started.Count);
        story.Box.Set(37, "host-0", "host-1", "host-2");
        await story.LookAsync();
        Assert.Equal(["host-0", "host-1", "host-2"], rollout.Started[2].Devices);
    }

    [Fact]
    public async Task Look_FreshForecast_IsWhatMoelessPlansFor()
    {
        using AutoscalerStory story = new("moeless");
        Traffic traffic = new(1) { HotShare = 0 };
        await story.RunAsync(traffic, 4);
        float[] loads = new float[FakeBox.Shape.Count];
        Array.Fill(loads, 50f);
        loads[7] = 4000;
        await new ForecastStore(story.State).WriteAsync(
            new ForecastDocument
            {
                Version = 9,
                Model = "tiny-moe",
                WindowVersion = 4,
                Predictor = "linear",
                Reason = "",
                Shape = FakeBox.Shape,
                Loads = loads,
            },
            Cancel);
        await story.RunAsync(traffic, 6);
        PlanDocument plan = (await story.PlanAsync())!;
        Assert.Equal(9, plan.ForecastVersion);
        Assert.True(Plan(plan.Layers[0]).CountOf(7) > 1);
    }

    private static LayerPlan Plan(PlanLayer layer) => layer.ToLayerPlan(FakeBox.Shape.Experts, devices: 4);
}
