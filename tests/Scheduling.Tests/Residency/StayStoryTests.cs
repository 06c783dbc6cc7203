using static DaprMoE.Scheduling.Tests.ResidencyStory;

namespace DaprMoE.Scheduling.Tests;

public sealed class StayStoryTests
{
    [Fact]
    public void KeepAlive_IdleThatLong_GivesTheMemoryBack()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.NowUs = 600;
        story.Want(1, 9_000, Replica(0, 0));
        story.NowUs = 700;
        story.Tell(ResidencyEvent.Release(1));
        Assert.Equal(1_700, story.State.NextTickUs());
        story.NowUs = 1_699;
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
        Assert.Equal((100, 100), (story.State.ResidentBytes, story.State.ReservedBytes));
        story.NowUs = 1_700;
        Assert.Equal("free slot 0, return slot 0, L0.E0.R0 warm>absent keep-alive", story.Tell(ResidencyEvent.Tick()));
        Assert.Equal((0, 0), (story.State.ResidentBytes, story.State.ReservedBytes));
    }

    [Fact]
    public void KeepAlive_Watched_GoesOn()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.NowUs = 999;
        _ = (story.State.Replicas(), story.State.StateOf(Replica(0, 0)), story.State.NextTickUs(), story.State.SlotsFor(0));
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0)));
        story.NowUs = 1_000;
        Assert.Contains("keep-alive", story.Tell(ResidencyEvent.Tick()), StringComparison.Ordinal);
    }

    [Fact]
    public void KeepAlive_BusyPinnedOrPlanned_DoesNotEnd()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0), Replica(0, 1), Replica(0, 2));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 1) }, 1_000));
        story.Tell(ResidencyEvent.Pin(Replica(0, 0)));
        story.Want(1, 9_000, Replica(0, 2));
        Assert.Null(story.State.NextTickUs());
        story.NowUs = 5_000;
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
        Assert.Equal("", story.Tell(ResidencyEvent.Unpin(Replica(0, 0))));
        Assert.Equal("free slot 0, return slot 0, L0.E0.R0 warm>absent keep-alive", story.Tell(ResidencyEvent.Tick()));
    }

    [Fact]
    public void FreedSlot_NotReused_IsReservedUntilTheKeepAliveEnds()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.NowUs = 300;
        Assert.Equal(
            "free slot 0, L0.E0.R0 warm>draining drain, L0.E0.R0 draining>absent drain", story.Tell(ResidencyEvent.Drain(Replica(0, 0))));
        Assert.Equal((0, 100), (story.State.ResidentBytes, story.State.ReservedBytes));
        Assert.Equal(1_300, story.State.NextTickUs());
        story.NowUs = 1_300;
        Assert.Equal("return slot 0", story.Tell(ResidencyEvent.Tick()));
        Assert.Null(story.State.NextTickUs());
    }

    [Fact]
    public void Drain_Busy_TakesNoCallsAndGoesWithTheLast()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0));
        Assert.Equal("L0.E0.R0 busy>draining drain", story.Tell(ResidencyEvent.Drain(Replica(0, 0))));
        Assert.Equal("deny L0.E0.R0 draining", story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0))));
        Assert.Equal("deny L0.E0.R0 draining", story.Tell(ResidencyEvent.Pin(Replica(0, 0))));
        Assert.Equal("", story.Want(2, 500, Replica(0, 0)));
        Assert.Equal(
            "free slot 0, load L0.E0.R0 into slot 0, L0.E0.R0 draining>absent drain, L0.E0.R0 absent>loading demand",
            story.Tell(ResidencyEvent.Release(1)));
    }

    [Fact]
    public void Drain_Loading_GoesWhenItsCallsHaveEnded()
    {
        ResidencyStory story = new(slots: 2);
        story.Want(1, 500, Replica(0, 0));
        Assert.Equal("", story.Tell(ResidencyEvent.Drain(Replica(0, 0))));
        Assert.Equal(
            "admit 1, L0.E0.R0 loading>warm loaded, L0.E0.R0 warm>busy acquired, L0.E0.R0 busy>draining drain",
            story.Loaded(Replica(0, 0)));
        Assert.Equal("free slot 0, L0.E0.R0 draining>absent drain", story.Tell(ResidencyEvent.Release(1)));
    }

    [Fact]
    public void Drain_PinnedOrAbsent_IsDenied()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Tell(ResidencyEvent.Pin(Replica(0, 0)));
        Assert.Equal("deny L0.E0.R0 pinned", story.Tell(ResidencyEvent.Drain(Replica(0, 0))));
        Assert.Equal("deny L0.E1.R0 not-resident", story.Tell(ResidencyEvent.Drain(Replica(0, 1))));
        Assert.Equal("deny L0.E1.R0 not-resident", story.Tell(ResidencyEvent.Pin(Replica(0, 1))));
        Assert.Equal("", story.Tell(ResidencyEvent.Unpin(Replica(0, 1))));
    }

    [Fact]
    public void ScaleToZero_Everything_GoesAsSoonAsItCan()
    {
        ResidencyStory story = new(slots: 4);
        story.Warm(Replica(0, 0), Replica(0, 1), Replica(0, 2));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0) }, 1_000));
        story.Tell(ResidencyEvent.Pin(Replica(0, 2)));
        story.Want(1, 500, Replica(0, 1));
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 3)));
        Assert.Equal(
            "free slot 0, return slot 0, L0.E1.R0 busy>draining scale-to-zero, L0.E0.R0 warm>absent scale-to-zero",
            story.Tell(ResidencyEvent.ScaleToZero()));
        Assert.Equal(
            "free slot 1, return slot 1, L0.E1.R0 draining>absent scale-to-zero", story.Tell(ResidencyEvent.Release(1)));
        Assert.EndsWith("L0.E3.R0 draining>absent scale-to-zero", story.Loaded(Replica(0, 3)), StringComparison.Ordinal);
        Assert.Equal((100, 100), (story.State.ResidentBytes, story.State.ReservedBytes));
    }

    [Fact]
    public void ScaleToZero_ALoadThenFailsOrIsCancelled_ItsSlotIsReturned()
    {
        ResidencyStory story = new(slots: 2);
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0)));
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 1)));
        Assert.Equal("", story.Tell(ResidencyEvent.ScaleToZero()));
        Assert.Equal(
            "free slot 0, return slot 0, L0.E0.R0 loading>absent load-failed",
            story.Tell(ResidencyEvent.LoadFailed(story.Loads[Replica(0, 0)], Replica(0, 0))));
        Assert.Equal(
            "cancel L0.E1.R0, return slot 1, L0.E1.R0 loading>absent cancelled", story.Tell(ResidencyEvent.Cancel(7, Replica(0, 1))));
        Assert.Equal(0, story.State.ReservedBytes);
    }

    [Fact]
    public void ScaleToZero_ThenDrained_StillReturnsTheMemory()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0));
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 1)));
        story.Tell(ResidencyEvent.ScaleToZero());
        Assert.Equal("", story.Tell(ResidencyEvent.Drain(Replica(0, 0))));
        Assert.Equal("", story.Tell(ResidencyEvent.Drain(Replica(0, 1))));
        Assert.Equal("free slot 0, return slot 0, L0.E0.R0 draining>absent scale-to-zero", story.Tell(ResidencyEvent.Release(1)));
        Assert.EndsWith("draining>absent scale-to-zero", story.Loaded(Replica(0, 1)), StringComparison.Ordinal);
        Assert.Equal(0, story.State.ReservedBytes);
    }

    [Fact]
    public void NoKeepAlive_ReplacedReplica_StaysUntilItsSuccessorIsWarm()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0), Replica(0, 1));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0, 1) }, 0, new[] { Replica(0, 0) }));
        Assert.Equal("free slot 1, return slot 1, L0.E1.R0 warm>absent keep-alive", story.Tell(ResidencyEvent.Tick()));
        Assert.Null(story.State.NextTickUs());
        story.Loaded(Replica(0, 0, 1));
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
        Assert.EndsWith("L0.E0.R0 draining>absent drain", story.Tell(ResidencyEvent.Drain(Replica(0, 0))), StringComparison.Ordinal);
    }

    [Fact]
    public void Retained_UnderPressure_GoesAfterWhatNobodyNeeds()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0), Replica(0, 1));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 2) }, 1_000, new[] { Replica(0, 0), Replica(0, 3) }));
        story.Loaded(Replica(0, 2));
        Assert.Contains("L0.E1.R0 warm>absent pressure", story.Want(1, 500, Replica(1, 0)), StringComparison.Ordinal);
        Assert.Contains("L0.E0.R0 warm>absent pressure", story.Want(2, 500, Replica(1, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Retained_ByAnOlderPlan_IdlesOut()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Tell(ResidencyEvent.Plan(1, Array.Empty<ReplicaId>(), 1_000, new[] { Replica(0, 0) }));
        story.NowUs = 5_000;
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
        story.Tell(ResidencyEvent.Plan(2, Array.Empty<ReplicaId>(), 1_000));
        Assert.Contains("L0.E0.R0 warm>absent keep-alive", story.Tell(ResidencyEvent.Tick()), StringComparison.Ordinal);
    }

    [Fact]
    public void ScaleToZero_SlotsKeptForReuse_AreReturned()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Tell(ResidencyEvent.Drain(Replica(0, 0)));
        Assert.Equal("return slot 0", story.Tell(ResidencyEvent.ScaleToZero()));
        Assert.Equal(0, story.State.ReservedBytes);
    }

    [Fact]
    public void DeviceLost_LoadingAndBusy_EndsEverything()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0));
        story.Want(2, 500, Replica(0, 1));
        Assert.Equal(
            "refuse 2 device-lost, cancel L0.E1.R0, L0.E0.R0 busy>absent device-lost, L0.E1.R0 loading>absent device-lost",
            story.Tell(ResidencyEvent.DeviceLost()));
        Assert.Equal((0, 0, 0), (story.State.ResidentBytes, story.State.ReservedBytes, story.State.LoadingBytes));
        Assert.Equal("", story.Loaded(Replica(0, 1)));
        Assert.Equal("", story.Tell(ResidencyEvent.Release(1)));
        Assert.Equal("", story.Tell(ResidencyEvent.DeviceLost()));
        Assert.Equal("refuse 3 device-lost", story.Want(3, 500, Replica(0, 0)));
        Assert.Equal("refuse 4 device-lost", story.Tell(ResidencyEvent.Acquire(4, new[] { Replica(0, 0) })));
        Assert.Equal("deny L0.E0.R0 device-lost", story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0))));
        Assert.Equal("deny L0.E0.R0 device-lost", story.Tell(ResidencyEvent.Plan(9, Array.Empty<ReplicaId>(), 0)));
    }

    [Fact]
    public void Apply_TimeGoesBack_CountsAsTheLatest()
    {
        ResidencyStory story = new(slots: 1) { NowUs = 5_000 };
        story.Warm(Replica(0, 0));
        story.NowUs = 10;
        story.Want(1, 6_000, Replica(0, 0));
        story.Tell(ResidencyEvent.Release(1));
        Assert.Equal(5_000, Assert.Single(story.State.Replicas()).IdleSinceUs);
    }
}
