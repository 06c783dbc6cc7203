using static DaprMoE.Scheduling.Tests.ResidencyStory;

namespace DaprMoE.Scheduling.Tests;

public sealed class WarmUpStoryTests
{
    [Fact]
    public void PreWarm_UselessInTheEnd_IsCancelledByItsRequesterOnly()
    {
        ResidencyStory story = new(slots: 2);
        Assert.Equal(
            "load L1.E0.R0 into slot 0, L1.E0.R0 absent>loading pre-warm", story.Tell(ResidencyEvent.PreWarm(7, Replica(1, 0))));
        Assert.Equal("", story.Tell(ResidencyEvent.PreWarm(8, Replica(1, 0))));
        Assert.Equal("", story.Tell(ResidencyEvent.Cancel(8, Replica(1, 0))));
        Assert.Equal("cancel L1.E0.R0, L1.E0.R0 loading>absent cancelled", story.Tell(ResidencyEvent.Cancel(7, Replica(1, 0))));
        Assert.Equal("", story.Loaded(Replica(1, 0)));
        Assert.Equal((0, 100), (story.State.ResidentBytes, story.State.ReservedBytes));
    }

    [Fact]
    public void PreWarm_LateReportOfACancelledLoad_IsNotTakenForTheNext()
    {
        ResidencyStory story = new(slots: 1);
        story.Tell(ResidencyEvent.PreWarm(7, Replica(1, 0)));
        long first = story.Loads[Replica(1, 0)];
        story.Tell(ResidencyEvent.Cancel(7, Replica(1, 0)));
        story.Tell(ResidencyEvent.PreWarm(8, Replica(1, 0)));
        Assert.Equal("", story.Tell(ResidencyEvent.Loaded(first, Replica(1, 0))));
        Assert.Equal("L1.E0.R0 loading>warm loaded", story.Loaded(Replica(1, 0)));
    }

    [Fact]
    public void PreWarm_ThePlanHoldsItsLoad_IsNotCancelledUntilThePlanDoesNot()
    {
        ResidencyStory story = new(slots: 2);
        story.Tell(ResidencyEvent.PreWarm(7, Replica(1, 0)));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(1, 0) }, 1_000));
        Assert.Equal("", story.Tell(ResidencyEvent.Cancel(7, Replica(1, 0))));
        Assert.Equal("", story.Tell(ResidencyEvent.Plan(2, Array.Empty<ReplicaId>(), 1_000)));
        Assert.Equal("cancel L1.E0.R0, L1.E0.R0 loading>absent cancelled", story.Tell(ResidencyEvent.Cancel(7, Replica(1, 0))));
    }

    [Fact]
    public void PreWarm_NoFreeSlot_IsDeniedAndEvictsNothing()
    {
        ResidencyStory story = new(slots: 1);
        story.Warm(Replica(0, 0));
        Assert.Equal("deny L1.E0.R0 no-room 100/0", story.Tell(ResidencyEvent.PreWarm(7, Replica(1, 0))));
        Assert.Equal("deny L9.E0.R0 unknown-expert", story.Tell(ResidencyEvent.PreWarm(7, Replica(9, 0))));
        Assert.Equal(ReplicaState.Warm, story.State.StateOf(Replica(0, 0)));
    }

    [Fact]
    public void PreWarm_ACallWaitsForTheFreeSlots_IsDenied()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0));
        story.Want(2, 500, Replica(1, 0), Replica(1, 1));
        Assert.Equal("deny L2.E0.R0 no-room 100/0", story.Tell(ResidencyEvent.PreWarm(7, Replica(2, 0))));
    }

    [Fact]
    public void PreWarm_BandwidthInUse_IsDenied()
    {
        ResidencyStory story = new(slots: 4, warmUps: 2);
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0)));
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 1)));
        Assert.Equal("deny L0.E2.R0 load-bandwidth 100/0", story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 2))));
        story.Loaded(Replica(0, 0));
        Assert.StartsWith("load L0.E2.R0", story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 2))), StringComparison.Ordinal);
    }

    [Fact]
    public void PreWarm_LargerThanTheBandwidth_StartsAlone()
    {
        ResidencyStory story = new(slots: 4, warmUps: 0);
        Assert.StartsWith("load L0.E0.R0", story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0))), StringComparison.Ordinal);
        Assert.Equal("deny L0.E1.R0 load-bandwidth 100/0", story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 1))));
    }

    [Fact]
    public void Plan_Newer_LoadsWhatItHoldsAsBandwidthAllows()
    {
        ResidencyStory story = new(slots: 4, warmUps: 1);
        Assert.Equal(
            "deny L7.E0.R0 unknown-expert, load L0.E0.R0 into slot 0, L0.E0.R0 absent>loading plan",
            story.Tell(ResidencyEvent.Plan(3, new[] { Replica(0, 0), Replica(7, 0), Replica(0, 1) }, 50)));
        Assert.Equal((3, 50), (story.State.PlanVersion, story.State.KeepAliveUs));
        Assert.Equal(
            "load L0.E1.R0 into slot 1, L0.E0.R0 loading>warm loaded, L0.E1.R0 absent>loading plan", story.Loaded(Replica(0, 0)));
        Assert.All(story.State.Replicas(), item => Assert.True(item.IsPlanned));
    }

    [Fact]
    public void Plan_SameOrOlder_IsDropped()
    {
        ResidencyStory story = new(slots: 4);
        Assert.Null(story.State.PlanVersion);
        story.Tell(ResidencyEvent.Plan(3, Array.Empty<ReplicaId>(), 50));
        Assert.Equal("deny L0.E0.R0 stale-plan", story.Tell(ResidencyEvent.Plan(3, new[] { Replica(0, 0) }, 99)));
        Assert.Equal("deny L0.E0.R0 stale-plan", story.Tell(ResidencyEvent.Plan(2, new[] { Replica(0, 0) }, 99)));
        Assert.Equal(50, story.State.KeepAliveUs);
    }

    [Fact]
    public void Plan_Switched_ReplacesIdleOnesOfTheOldAndStopsItsLoads()
    {
        ResidencyStory story = new(slots: 3, warmUps: 1);
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0), Replica(0, 1), Replica(0, 2) }, 1_000));
        story.Loaded(Replica(0, 0));
        story.Loaded(Replica(0, 1));
        story.Want(1, 500, Replica(0, 1));
        Assert.Equal(
            "cancel L0.E2.R0, load L1.E0.R0 into slot 2, L0.E2.R0 loading>absent cancelled, L1.E0.R0 absent>loading plan",
            story.Tell(ResidencyEvent.Plan(2, new[] { Replica(1, 0), Replica(1, 1), Replica(1, 2) }, 1_000)));
        Assert.Equal(
            "free slot 0, load L1.E1.R0 into slot 0, L1.E0.R0 loading>warm loaded, L0.E0.R0 warm>absent pressure, "
            + "L1.E1.R0 absent>loading plan",
            story.Loaded(Replica(1, 0)));
        Assert.Equal("L1.E1.R0 loading>warm loaded", story.Loaded(Replica(1, 1)));
        Assert.Equal(
            "free slot 1, load L1.E2.R0 into slot 1, L0.E1.R0 busy>warm released, L0.E1.R0 warm>absent pressure, "
            + "L1.E2.R0 absent>loading plan",
            story.Tell(ResidencyEvent.Release(1)));
    }

    [Fact]
    public void Plan_MoreThanTheBudget_DeniesTheRestWithBothNumbers()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(2, 0));
        story.Tell(ResidencyEvent.Pin(Replica(2, 0)));
        Assert.StartsWith(
            "deny L0.E1.R0 no-room 100/0, load L0.E0.R0",
            story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0), Replica(0, 1) }, 1_000)),
            StringComparison.Ordinal);
        story.Loaded(Replica(0, 0));
        Assert.Equal("", story.Tell(ResidencyEvent.Unpin(Replica(2, 0))));
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
    }

    [Fact]
    public void Plan_NamesAReplicaTwice_CountsItOnce()
    {
        ResidencyStory story = new(slots: 2);
        Assert.Equal(
            "load L0.E0.R0 into slot 0, load L0.E1.R0 into slot 1, L0.E0.R0 absent>loading plan, L0.E1.R0 absent>loading plan",
            story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0), Replica(0, 0), Replica(0, 1) }, 1_000)));
        Assert.Equal(
            "cancel L0.E0.R0, deny L0.E3.R0 no-room 100/0, load L0.E2.R0 into slot 0, L0.E0.R0 loading>absent cancelled, "
            + "L0.E2.R0 absent>loading plan",
            story.Tell(ResidencyEvent.Plan(2, new[] { Replica(0, 1), Replica(0, 2), Replica(0, 3), Replica(0, 3) }, 1_000)));
    }

    [Fact]
    public void Plan_OnlyItsOwnAreIdle_WaitsForOthers()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0), Replica(2, 0));
        story.Want(1, 500, Replica(2, 0));
        Assert.Equal("", story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0), Replica(0, 1) }, 1_000)));
        Assert.Contains("load L0.E1.R0 into slot 1", story.Tell(ResidencyEvent.Release(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_HeldOneDrains_IsLoadedAgainWhenItIsGone()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0));
        story.Tell(ResidencyEvent.Drain(Replica(0, 0)));
        Assert.Equal("", story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0) }, 1_000)));
        Assert.Equal(
            "free slot 0, load L0.E0.R0 into slot 0, L0.E0.R0 draining>absent drain, L0.E0.R0 absent>loading plan",
            story.Tell(ResidencyEvent.Release(1)));
    }

    [Fact]
    public void Plan_ScaledToZero_LoadsNothingMoreAndHoldsNothing()
    {
        ResidencyStory story = new(slots: 3, warmUps: 1);
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0), Replica(0, 1) }, 1_000));
        story.Tell(ResidencyEvent.ScaleToZero());
        Assert.EndsWith("L0.E0.R0 draining>absent scale-to-zero", story.Loaded(Replica(0, 0)), StringComparison.Ordinal);
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
        story.Warm(Replica(0, 1));
        Assert.False(Assert.Single(story.State.Replicas()).IsPlanned);
    }

    [Fact]
    public void Plan_LoadToBeDrained_StaysWhenTheNextPlanHoldsIt()
    {
        ResidencyStory story = new(slots: 2);
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0)));
        story.Tell(ResidencyEvent.Drain(Replica(0, 0)));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0) }, 1_000));
        Assert.Equal("L0.E0.R0 loading>warm loaded", story.Loaded(Replica(0, 0)));
    }
}
