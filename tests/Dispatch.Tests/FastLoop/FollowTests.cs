using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Plans and policies that change while iterations run.</summary>
public sealed class FollowTests
{
    private static readonly TimeModel Roofline = TimeModel.Roofline(expertBytes: 1000, flopsPerToken: 1, bytesPerSecond: 1, flopsPerSecond: 1, callSeconds: 0);

    [Fact]
    public void Follow_NewerPlan_IsTheBaseFromTheNextIterationOn()
    {
        using LoopStory story = new("auto");
        story.WarmAll(0).WarmAll(1);
        story.Run();
        Assert.Equal(("auto", "static", 0L, 4), Decision(story));
        story.Loop.Follow(story.Plan(3, (0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 0, 1), (3, 1, 0)));
        Assert.Equal(3, story.Loop.PlanVersion);
        story.Run();
        Assert.Equal(("auto", "unchanged", 3L, 5), Decision(story));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Follow_PlanThatIsNotNewer_ChangesNothing(long version)
    {
        using LoopStory story = new("auto");
        story.Loop.Follow(story.Plan(3, (0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 0, 1)));
        story.Loop.Follow(story.Plan(version, (0, 0, 1), (1, 0, 1), (2, 0, 0), (3, 0, 0)));
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], AliveReplicaTests.Replicas(story.Run().First));
        Assert.Equal(3, story.Loop.PlanVersion);
    }

    [Fact]
    public void Follow_ReplicaThatThePlanReplaces_IsCalledOnlyWhileThereIsNoOther()
    {
        using LoopStory story = new("auto");
        story.WarmAll(0).WarmAll(1);
        story.Loop.Follow(story.Plan(1, (0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 0, 1)));
        story.Loop.Follow(story.Plan(2, (0, 1, 1), (1, 0, 0), (2, 0, 1), (3, 0, 1)));
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], AliveReplicaTests.Replicas(story.Run().First));
        story.Warm(0, (0, 1, 1));
        Assert.Equal(["0: 1.0", "1: 0.1 2.0 3.0"], AliveReplicaTests.Replicas(story.Run().First));

        // A plan that wants it again takes it back.
        story.Loop.Follow(story.Plan(3, (0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 0, 1)));
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], AliveReplicaTests.Replicas(story.Run().First));
    }

    [Fact]
    public void Follow_PlanOfAnotherShape_IsRefusedWithTheNumbers()
    {
        using LoopStory story = new("auto");
        RoutingTable other = RoutingTable.Static([4, 5], devices: 2);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => story.Loop.Follow(new PlanInForce(1, [other.Layer(0), other.Layer(1)], TimeSpan.Zero)));
        Assert.StartsWith("Plan 1 has 5 experts on 2 devices in layer 1; there are 4 on 2.", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Plan 1 has 1 layers, the model 2.",
            Assert.Throws<ArgumentException>(() => story.Loop.Follow(new PlanInForce(1, [other.Layer(0)], TimeSpan.Zero))).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, story.Loop.PlanVersion);
    }

    [Fact]
    public void Switch_WhileRunning_BringsThePolicysSplitRuleWithTheNextIteration()
    {
        // By the time model an expert has to have a thousand tokens before another replica is worth waking.
        using LoopStory story = new("eplb", change: setup => setup with { Time = Roofline });
        story.WarmAll(0).WarmAll(1).Warm(0, (0, 1, 1));
        Assert.Contains("0.1", string.Concat(AliveReplicaTests.Replicas(story.Run().First)), StringComparison.Ordinal);
        story.Loop.Switch("moeless");
        Assert.Equal("moeless", story.Loop.Policy);
        story.Run();
        Assert.Equal("moeless", story.Decisions.Last[0].Policy);
        Assert.Equal("even-crossover", story.Loop.SplitRule.Name);
        story.Loop.Switch("auto");
        story.Run();
        Assert.Equal("balanced-crossover", story.Loop.SplitRule.Name);
    }

    [Fact]
    public void Switch_SplitRuleThatWasGiven_Stays()
    {
        using LoopStory story = new("auto", change: setup => setup with { SplitRule = SplitRules.Get("balanced") });
        story.Run();
        story.Loop.Switch("moeless");
        story.Run();
        Assert.Equal("balanced", story.Loop.SplitRule.Name);
    }

    [Fact]
    public void Switch_UnknownPolicy_LeavesTheOneBefore()
    {
        using LoopStory story = new("auto");
        Assert.Throws<SchedulingException>(() => story.Loop.Switch("best"));
        Assert.Equal("auto", story.Loop.Policy);
    }

    [Theory]
    [InlineData("static", null)]
    [InlineData("moeless", null)]
    [InlineData("auto", null)]
    [InlineData("eplb", "Policy 'eplb' does not fit: the devices have 6 slots for 8 experts.")]
    public void RefusalOf_TooFewSlotsForOneOfEach_NamesBothNumbers(string policy, string? beginning)
    {
        using LoopStory story = new("static", devices: 2, slots: 3);
        string? refusal = story.Loop.RefusalOf(policy);
        Assert.Equal(beginning, refusal?[..beginning!.Length]);
    }

    [Fact]
    public void RefusalOf_EnoughSlots_IsNone()
    {
        using LoopStory story = new("static", devices: 2, slots: 4);
        Assert.All((string[])["static", "eplb", "moeless", "auto"], policy => Assert.Null(story.Loop.RefusalOf(policy)));
    }

    private static (string, string, long, int) Decision(LoopStory story) =>
        (story.Decisions.Last[0].Policy, story.Decisions.Last[0].Reason, story.Decisions.Last[0].Plan, story.Decisions.Last[0].Wanted);
}
