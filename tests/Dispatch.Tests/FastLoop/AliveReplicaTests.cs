using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Which replicas are called, and where an expert without one is loaded.</summary>
public sealed class AliveReplicaTests
{
    [Fact]
    public void Run_NothingIsWarm_EveryExpertIsLoadedAtItsHome()
    {
        using LoopStory story = new("auto");
        (string[] first, string[] second) = story.Run();
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], Replicas(first));
        Assert.Equal(Replicas(first), Replicas(second));
        Assert.Equal(LoopStory.Experts, story.Observer.Calls.Misses);
    }

    [Fact]
    public void Run_ByStatic_EveryExpertIsCalledAtItsHomeWhateverIsElsewhere()
    {
        using LoopStory story = new("static");
        story.Warm(0, (0, 1, 1), (1, 0, 1), (2, 0, 0));
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_ReplicasElsewhere_AreCalledThere()
    {
        using LoopStory story = new("auto");
        story.Warm(0, (0, 0, 1), (1, 2, 1), (2, 0, 0), (3, 0, 0)).WarmAll(1);
        Assert.Equal(["0: 2.0 3.0", "1: 0.0 1.2"], Replicas(story.Run().First));
        Assert.Equal(0, story.Observer.Calls.Misses);
    }

    [Fact]
    public void Run_DrainingReplica_TakesNoCalls()
    {
        using LoopStory story = new("auto");
        story.WarmAll(0).WarmAll(1).Warm(0, (0, 1, 1));
        story.Move(0, 0, 0, 0, ReplicaState.Warm, ReplicaState.Draining);
        Assert.Equal(["0: 1.0", "1: 0.1 2.0 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_ReplicaThatLoadsElsewhere_IsWaitedForThere()
    {
        using LoopStory story = new("auto");
        story.WarmAll(1).Warm(0, (1, 0, 0), (2, 0, 1), (3, 0, 1));
        story.Move(0, 0, 3, 1, ReplicaState.Absent, ReplicaState.Loading);
        Assert.Equal(["0: 1.0", "1: 0.3 2.0 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_ExpertOfThePlanWithoutReplica_IsLoadedWhereThePlanWantsIt()
    {
        using LoopStory story = new("auto");
        story.Loop.Follow(story.Plan(1, (0, 4, 1), (1, 0, 0), (2, 0, 0), (3, 0, 1)));
        Assert.Equal(["0: 1.0 2.0", "1: 0.4 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_PlanOnALostDevice_ItsExpertsAreLoadedElsewhere()
    {
        using LoopStory story = new("auto");
        story.Loop.Follow(story.Plan(1, (0, 4, 1), (1, 0, 0), (2, 0, 0), (3, 0, 1)));
        story.Routes.Replace(RoutingTable.Static([4, 4], devices: 2, alive: [0]));
        Assert.Equal(["0: 0.0 1.0 2.0 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_DeviceIsLost_ItsReplicasAreForgottenUntilTheyAreSeenAgain()
    {
        using LoopStory story = new("auto");
        story.WarmAll(0).WarmAll(1);
        story.Run();
        story.Routes.Replace(RoutingTable.Static([4, 4], devices: 2, alive: [0]));
        Assert.Equal(["0: 0.0 1.0 2.0 3.0"], Replicas(story.Run().First));
        story.Routes.Replace(RoutingTable.Static([4, 4], devices: 2));
        story.Warm(0, (0, 1, 1));
        story.Move(0, 0, 0, 0, ReplicaState.Warm, ReplicaState.Absent);
        Assert.Equal(["0: 1.0", "1: 0.1 2.0 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_DeviceFailsInTheLayer_ItsExpertsAreAskedOfTheOther()
    {
        using LoopStory story = new("moeless");
        story.WarmAll(0).WarmAll(1);
        bool failed = false;
        story.Devices.Answer = call =>
        {
            bool fails = call.Device == 1 && !failed;
            failed |= fails;
            return fails ? CallOutcome.Refused : CallOutcome.Done;
        };
        Assert.Equal(["0: 0.0 1.0", "1: 2.0 3.0", "0: 2.0 3.0"], Replicas(story.Run().First));
    }

    [Fact]
    public void Run_DevicesOfOtherProcesses_AreKnownByTheCallsThatTheyComputed()
    {
        using LoopStory story = new("auto", change: setup => setup with { IsRemote = true });
        story.Run();
        Assert.Equal(8, story.Replicas.Count);
        story.Run();
        Assert.Equal(0, story.Observer.Calls.Misses);
    }

    /// <summary>The calls without their counts of rows.</summary>
    internal static string[] Replicas(string[] calls) =>
        [.. calls.Select(call => string.Join(' ', call.Split(' ').Select(part => part.Split('*')[0])))];
}
