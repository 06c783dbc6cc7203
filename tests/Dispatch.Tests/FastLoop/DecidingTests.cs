using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

/// <summary>What is forecast, decided and asked for ahead of use.</summary>
public sealed class DecidingTests
{
    private static readonly float[] HotZero = [13, 1, 1, 1];

    [Fact]
    public void Run_EachIteration_ForeseesTheFirstLayerByTokensAndTheOthersByTheGateInputBefore()
    {
        using LoopStory story = new("static");
        story.Run();
        Assert.Equal([(0, -1, 8), (1, 0, 0)], story.Predictor.Asked);
        Assert.Equal([0, 1], story.Predictor.Observed.Select(observed => observed.Layer));
        Assert.All(story.Predictor.Observed, observed => Assert.Equal(16, observed.Loads.Sum()));
        Assert.InRange(story.Decisions.Last[1].Accuracy!.Value, 0.5, 1);
    }

    [Fact]
    public void Run_HotExpertForeseen_ACopyIsAskedForWhereThereIsLeastToDo()
    {
        using LoopStory story = new("moeless");
        story.WarmAll(0).WarmAll(1);
        story.Predictor.Loads[1] = HotZero;
        (_, string[] second) = story.Run();
        Assert.Equal(["+L1.E0.R1@1", "+L1.E0.R2@0"], story.WarmUps.Take());
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], AliveReplicaTests.Replicas(second));
        Assert.Equal(("cap", 6, 2), (story.Decisions.Last[1].Reason, story.Decisions.Last[1].Wanted, story.Decisions.Last[1].Asked));

        // It is not asked for again, and called as soon as it is there.
        story.Run();
        Assert.Empty(story.WarmUps.Take());
        story.Warm(1, (0, 1, 1));
        (_, second) = story.Run();
        Assert.Empty(story.WarmUps.Take());
        Assert.Equal(["0: 0.0 1.0", "1: 0.1 2.0 3.0"], AliveReplicaTests.Replicas(second));
    }

    [Fact]
    public void Run_ForecastChanges_WhatIsNoLongerWantedIsTakenBack()
    {
        using LoopStory story = new("moeless");
        story.WarmAll(0).WarmAll(1);
        story.Predictor.Loads[1] = HotZero;
        story.Run();
        story.WarmUps.Take();
        story.Move(1, 0, 1, 1, ReplicaState.Absent, ReplicaState.Loading);
        story.Predictor.Loads[1] = [4, 4, 4, 4];
        story.Run();
        Assert.Equal(["-L1.E0.R1@1", "-L1.E0.R2@0"], story.WarmUps.Take().Order());
        Assert.Equal(2, story.Decisions.Last[1].Cancelled);
    }

    [Fact]
    public void Run_NothingComesOfAWish_IsAskedForAgainLater()
    {
        using LoopStory story = new("moeless");
        story.WarmAll(0).WarmAll(1);
        story.Predictor.Loads[1] = HotZero;
        story.Run();
        string[] asked = story.WarmUps.Take();
        story.Clock.Advance(TimeSpan.FromMilliseconds(499));
        story.Run();
        Assert.Empty(story.WarmUps.Take());
        story.Clock.Advance(TimeSpan.FromMilliseconds(1));
        story.Run();
        Assert.Equal(asked, story.WarmUps.Take());
    }

    [Fact]
    public void Run_TooManyWishesOnTheirWay_AsksLater()
    {
        using LoopStory story = new("moeless");
        story.WarmAll(0).WarmAll(1);
        story.Predictor.Loads[1] = HotZero;
        story.WarmUps.Takes = false;
        story.Run();
        Assert.Equal(0, story.Decisions.Last[1].Asked);
        story.WarmUps.Takes = true;
        story.Run();
        Assert.Equal(2, story.WarmUps.Take().Length);
    }

    [Fact]
    public void Run_ExpertsOfOtherLayersAreNotThereYet_CopiesLeaveThemTheirRoom()
    {
        // Four slots of each device: the four experts of layer 0 are still to come, so layer 1 has room for its own four and no copy.
        using LoopStory story = new("moeless", slots: 4);
        story.WarmAll(1);
        story.Predictor.Loads[1] = HotZero;
        story.Run();
        Assert.DoesNotContain("+L1.E0.R1@1", story.WarmUps.Take());
        Assert.Equal("no-room", story.Decisions.Last[1].Reason);
    }

    [Fact]
    public void Run_MemoryThatDoesNotHoldOneOfEach_AsksForNothingAndServes()
    {
        using LoopStory story = new("moeless", slots: 3);
        story.Warm(0, (0, 0, 0), (1, 0, 0), (2, 0, 1)).Warm(1, (0, 0, 0), (2, 0, 1), (3, 0, 1));
        story.Predictor.Loads[1] = HotZero;
        (_, string[] second) = story.Run();
        Assert.Empty(story.WarmUps.Take());
        Assert.Equal("no-room", story.Decisions.Last[1].Reason);
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], AliveReplicaTests.Replicas(second));
    }

    [Fact]
    public void Run_ColdStart_NoDeviceIsAskedForMoreThanTwoLoadsAtATime()
    {
        using LoopStory story = new("moeless");
        story.Run();
        foreach (IGrouping<char, string> device in story.WarmUps.Take().GroupBy(wish => wish[^1]))
        {
            Assert.InRange(device.Count(), 1, 2);
        }
    }

    [Fact]
    public void Run_PolicyThatPlansInTheSlowLoop_AsksForNothing()
    {
        using LoopStory story = new("auto");
        story.Predictor.Loads[1] = HotZero;
        story.Run();
        Assert.Empty(story.WarmUps.Take());
    }

    [Fact]
    public void Run_FullDevices_HearWhatIsUsedNext()
    {
        UseLog uses = new();
        using LoopStory story = new("static", slots: 4, change: setup => setup with { Uses = uses });
        story.Predictor.Loads[1] = [3, 0, 0, 0];
        story.WarmAll(0);
        story.Run();
        Assert.Empty(uses.Told);
        story.WarmAll(1);
        story.Run();
        Assert.Contains((0, 1, "0.95 0.02 0.02 0.02"), uses.Told);
        Assert.Contains((1, 1, "0.95 0.02 0.02 0.02"), uses.Told);
    }

    private sealed class UseLog : IUseForecasts
    {
        public List<(int Device, int Layer, string Chances)> Told { get; } = [];

        public void Expect(int device, int layer, ReadOnlyMemory<float> chances) => Told.Add((
            device, layer, string.Join(' ', chances.ToArray().Select(chance => chance.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)))));
    }
}
