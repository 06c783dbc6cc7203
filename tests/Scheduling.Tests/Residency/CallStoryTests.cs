using static DaprMoE.Scheduling.Tests.ResidencyStory;

namespace DaprMoE.Scheduling.Tests;

public sealed class CallStoryTests
{
    [Fact]
    public void Want_ColdExperts_AdmitsWhenTheLastIsLoaded()
    {
        ResidencyStory story = new(slots: 4);
        Assert.Equal(
            "load L0.E0.R0 into slot 0, load L0.E1.R0 into slot 1, L0.E0.R0 absent>loading demand, L0.E1.R0 absent>loading demand",
            story.Want(1, 500, Replica(0, 0), Replica(0, 1), Replica(0, 0)));
        Assert.Equal(200, story.State.LoadingBytes);
        Assert.Equal("L0.E1.R0 loading>warm loaded, L0.E1.R0 warm>busy acquired", story.Loaded(Replica(0, 1)));
        Assert.Equal("admit 1, L0.E0.R0 loading>warm loaded, L0.E0.R0 warm>busy acquired", story.Loaded(Replica(0, 0)));
        Assert.Equal("L0.E0.R0 busy>warm released, L0.E1.R0 busy>warm released", story.Tell(ResidencyEvent.Release(1)));
        Assert.Equal("", story.Tell(ResidencyEvent.Release(1)));
        Assert.Equal(0, story.State.LoadingBytes);
    }

    [Fact]
    public void Want_WarmExperts_AdmitsAtOnceAndCountsCalls()
    {
        ResidencyStory story = new(slots: 4);
        story.Warm(Replica(0, 0));
        Assert.Equal("admit 1, L0.E0.R0 warm>busy acquired", story.Want(1, 500, Replica(0, 0)));
        Assert.Equal("admit 2", story.Want(2, 500, Replica(0, 0)));
        Assert.Equal(2, Assert.Single(story.State.Replicas()).Calls);
        Assert.Equal("", story.Tell(ResidencyEvent.Release(1)));
        Assert.Equal("L0.E0.R0 busy>warm released", story.Tell(ResidencyEvent.Release(2)));
    }

    [Fact]
    public void Want_NothingNeeded_AdmitsAtOnce() => Assert.Equal("admit 1", new ResidencyStory(slots: 0).Want(1, 500));

    [Fact]
    public void Want_LoadUnderWay_JoinsIt()
    {
        ResidencyStory story = new(slots: 4);
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 0)));
        Assert.Equal("", story.Want(1, 500, Replica(0, 0)));
        Assert.Equal("", story.Tell(ResidencyEvent.Cancel(7, Replica(0, 0))));
        Assert.Equal("admit 1, L0.E0.R0 loading>warm loaded, L0.E0.R0 warm>busy acquired", story.Loaded(Replica(0, 0)));
    }

    [Fact]
    public void Want_SeveralCallsForOneLoad_AreAllAdmitted()
    {
        ResidencyStory story = new(slots: 1);
        story.Want(1, 500, Replica(0, 0));
        story.Want(2, 500, Replica(0, 0));
        story.Want(3, 500, Replica(0, 0));
        Assert.StartsWith("admit 1, admit 2, admit 3,", story.Loaded(Replica(0, 0)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Want_OnlyItsOwnExpertsAreIdle_WaitsForOthers(bool planned)
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0), Replica(1, 0));
        story.Tell(ResidencyEvent.Plan(1, planned ? [Replica(0, 0)] : Array.Empty<ReplicaId>(), 1_000));
        story.Want(1, 500, Replica(1, 0));
        Assert.Equal("", story.Want(2, 500, Replica(0, 0), Replica(0, 1)));
        Assert.Contains("load L0.E1.R0 into slot 1", story.Tell(ResidencyEvent.Release(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Want_OwnExpertsBusyToo_StillTakesWhatIsIdle()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0), Replica(1, 0));
        story.Want(1, 500, Replica(0, 0));
        Assert.Contains("L1.E0.R0 warm>absent pressure", story.Want(2, 500, Replica(0, 0), Replica(0, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Want_LargerThanTheBudget_IsRefusedWithBothNumbers()
    {
        ResidencyStory story = new(slots: 1);
        Assert.Equal("refuse 1 over-budget 200/100", story.Want(1, 500, Replica(0, 0), Replica(0, 1)));
        ResidencyState small = new(new ResidencySettings
        {
            Device = 0,
            MemoryKind = "cpu",
            BudgetBytes = 4095,
            Layers = [new LayerExperts(1, 10)],
            KeepAliveUs = 0,
            WarmUpBytesInFlight = 0,
        });
        ResidencyEffects effects = new();
        ResidencyRules.Apply(small, ResidencyEvent.Want(1, new[] { Replica(0, 0) }, 500), 0, effects);
        ResidencyEffect refusal = effects.Commands[0];
        Assert.Equal((RefusalReason.OverBudget, 4096, 4095), (refusal.Refusal, refusal.Bytes, refusal.LimitBytes));
    }

    [Fact]
    public void Want_PinnedLeaveTooLittle_IsRefusedWithBothNumbers()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0), Replica(0, 1));
        Assert.Equal("", story.Tell(ResidencyEvent.Pin(Replica(0, 0))) + story.Tell(ResidencyEvent.Pin(Replica(0, 1))));
        Assert.Equal(1, story.State.SlotsFor(1));
        Assert.Equal("refuse 1 no-room 200/100", story.Want(1, 500, Replica(1, 0), Replica(1, 1)));
        Assert.StartsWith("load L1.E0.R0 into slot 2", story.Want(2, 500, Replica(0, 0), Replica(1, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Want_UnknownExpert_IsRefused()
    {
        ResidencyStory story = new(slots: 1);
        Assert.Equal("refuse 1 unknown-expert", story.Want(1, 500, Replica(3, 0)));
        Assert.Equal("refuse 2 unknown-expert", story.Want(2, 500, Replica(0, 4)));
        Assert.Equal("refuse 3 unknown-expert", story.Want(3, 500, Replica(0, -1)));
        Assert.Equal("refuse 4 unknown-expert", story.Want(4, 500, Replica(0, 0, -1)));
    }

    [Fact]
    public void Want_DeadlineNotAhead_IsRefusedAndTakesNothing()
    {
        ResidencyStory story = new(slots: 1) { NowUs = 500 };
        story.Warm(Replica(0, 0));
        Assert.Equal("refuse 1 deadline", story.Want(1, 500, Replica(0, 1)));
        Assert.Equal("refuse 2 deadline", story.Want(2, 499, Replica(0, 0)));
        Assert.Equal(0, story.State.WaitingCalls);
        Assert.Equal(ReplicaState.Warm, story.State.StateOf(Replica(0, 0)));
        Assert.StartsWith("free slot 0, load L0.E1.R0 into slot 0", story.Want(3, 501, Replica(0, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Want_MemoryHeldByOthers_WaitsInOrderAndAllOrNothing()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0), Replica(0, 1));
        story.Want(1, 500, Replica(0, 0));
        Assert.Equal("", story.Want(2, 500, Replica(1, 0), Replica(1, 1)));
        Assert.Equal("", story.Want(3, 500, Replica(1, 2)));
        Assert.Equal("deny L2.E0.R0 no-room 100/0", story.Tell(ResidencyEvent.PreWarm(7, Replica(2, 0))));
        Assert.StartsWith(
            "free slot 0, free slot 1, load L1.E0.R0 into slot 1, load L1.E1.R0 into slot 0, L0.E0.R0 busy>warm released, "
            + "L0.E0.R0 warm>absent pressure",
            story.Tell(ResidencyEvent.Release(1)),
            StringComparison.Ordinal);
        Assert.Equal(2, story.State.WaitingCalls);
    }

    [Fact]
    public void Want_TooManyWait_IsRefused()
    {
        ResidencyStory story = new(slots: 1);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0));
        Assert.Equal("", story.Want(2, 500, Replica(0, 1)) + story.Want(3, 500, Replica(0, 1)) + story.Want(4, 500, Replica(0, 1)));
        Assert.Equal("refuse 5 queue-full", story.Want(5, 500, Replica(0, 1)));
    }

    [Fact]
    public void Want_SameCallTwice_Throws()
    {
        ResidencyStory story = new(slots: 1);
        story.Want(1, 500, Replica(0, 0));
        Assert.Contains("Call 1 ", Assert.Throws<ArgumentException>(() => story.Want(1, 500)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => story.Tell(ResidencyEvent.Acquire(1, Array.Empty<ReplicaId>())));
    }

    [Fact]
    public void Wait_PastItsDeadline_IsRefusedAndLetsGo()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        story.Want(1, 500, Replica(0, 0), Replica(0, 1));
        Assert.Equal(500, story.State.NextTickUs());
        story.NowUs = 499;
        Assert.Equal("", story.Tell(ResidencyEvent.Tick()));
        story.NowUs = 500;
        Assert.Equal("refuse 1 deadline, L0.E0.R0 busy>warm released", story.Tell(ResidencyEvent.Tick()));
        Assert.Equal("L0.E1.R0 loading>warm loaded", story.Loaded(Replica(0, 1)));
    }

    [Fact]
    public void Wait_CallerGivesUp_IsRefusedAsWithdrawn()
    {
        ResidencyStory story = new(slots: 1);
        story.Want(1, 500, Replica(0, 0));
        story.Want(2, 500, Replica(0, 1));
        Assert.Equal("refuse 2 withdrawn", story.Tell(ResidencyEvent.Release(2)));
        Assert.Equal("refuse 1 withdrawn", story.Tell(ResidencyEvent.Release(1)));
        Assert.Equal("cancel L0.E0.R0, L0.E0.R0 loading>absent cancelled", story.Tell(ResidencyEvent.Cancel(1, Replica(0, 0))));
    }

    [Fact]
    public void Wait_LoadFails_IsRefusedAndTheNextIsServed()
    {
        ResidencyStory story = new(slots: 1);
        story.Want(1, 500, Replica(0, 0));
        story.Want(2, 500, Replica(0, 1));
        Assert.Equal("", story.Tell(ResidencyEvent.LoadFailed(12345, Replica(0, 0))));
        Assert.Equal(
            "refuse 1 load-failed, free slot 0, load L0.E1.R0 into slot 0, L0.E0.R0 loading>absent load-failed, "
            + "L0.E1.R0 absent>loading demand",
            story.Tell(ResidencyEvent.LoadFailed(story.Loads[Replica(0, 0)], Replica(0, 0))));
    }

    [Fact]
    public void Wait_LaterPinLeavesTooLittle_IsRefusedWithBothNumbersAndTheNextIsServed()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0), Replica(0, 1));
        story.Want(1, 500, Replica(0, 0), Replica(0, 1));
        Assert.Equal("", story.Want(2, 500, Replica(1, 0), Replica(1, 1)));
        Assert.Equal("", story.Want(3, 500, Replica(2, 0)));
        Assert.Equal("", story.Tell(ResidencyEvent.Pin(Replica(0, 0))));
        Assert.Equal(
            "refuse 2 no-room 200/100, load L2.E0.R0 into slot 2, L2.E0.R0 absent>loading demand",
            story.Tell(ResidencyEvent.Pin(Replica(0, 1))));
    }

    [Fact]
    public void Acquire_AllWarm_HoldsThemElseNothing()
    {
        ResidencyStory story = new(slots: 2);
        story.Warm(Replica(0, 0));
        Assert.Equal("refuse 1 not-resident", story.Tell(ResidencyEvent.Acquire(1, new[] { Replica(0, 0), Replica(0, 1) })));
        Assert.Equal(
            "admit 1, L0.E0.R0 warm>busy acquired", story.Tell(ResidencyEvent.Acquire(1, new[] { Replica(0, 0), Replica(0, 0) })));
        Assert.Equal("L0.E0.R0 busy>warm released", story.Tell(ResidencyEvent.Release(1)));
    }
}
