using static DaprMoE.Scheduling.Tests.ResidencyStory;

namespace DaprMoE.Scheduling.Tests;

public sealed class EvictionOrderTests
{
    [Fact]
    public void Pressure_SomeNotPlanned_TakesThoseFirst()
    {
        ResidencyStory story = Full(Replica(0, 0), Replica(1, 0), Replica(2, 0));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0), Replica(2, 0) }, 1_000));
        Assert.Equal([Replica(1, 0), Replica(0, 0), Replica(2, 0)], Victims(story, wantLayer: 0));
    }

    [Fact]
    public void Pressure_BeforeTheKeepAliveEnds_TakesWhatIsUsedFarthest()
    {
        // A run of layer 0: layer 1 is next, then 2; layer 0 comes round last.
        ResidencyStory story = Full(Replica(0, 0), Replica(1, 0), Replica(2, 0));
        Assert.Equal([Replica(0, 0), Replica(2, 0), Replica(1, 0)], Victims(story, wantLayer: 0));
        story = Full(Replica(0, 0), Replica(1, 0), Replica(2, 0));
        Assert.Equal([Replica(1, 0), Replica(0, 0), Replica(2, 0)], Victims(story, wantLayer: 1));
    }

    [Fact]
    public void Pressure_Forecast_KeepsWhatIsLikelyUsed()
    {
        ResidencyStory story = Full(Replica(0, 0), Replica(1, 0), Replica(1, 1));
        story.Tell(ResidencyEvent.Forecast(1, new[] { 0f, 0.4f, 1f, 1f }));
        Assert.Equal([Replica(1, 0), Replica(1, 1), Replica(0, 0)], Victims(story, wantLayer: 0));
        story = Full(Replica(0, 0), Replica(1, 0), Replica(1, 1));
        story.Tell(ResidencyEvent.Forecast(1, new[] { 0.9f, 0.4f, 1f, 1f }));
        Assert.Equal([Replica(1, 1), Replica(0, 0), Replica(1, 0)], Victims(story, wantLayer: 0));
    }

    [Fact]
    public void Pressure_SameNextUse_TakesTheLeastRecentlyUsedThenTheLowestName()
    {
        ResidencyStory story = Full(Replica(1, 2), Replica(1, 0), Replica(1, 1));
        story.NowUs = 10;
        story.Want(1, 500, Replica(1, 0));
        story.Tell(ResidencyEvent.Release(1));
        Assert.Equal([Replica(1, 1), Replica(1, 2), Replica(1, 0)], Victims(story, wantLayer: 0));
    }

    [Fact]
    public void Pressure_LeastRecentlyUsedRule_LooksAtNothingElseButThePlan()
    {
        ResidencyStory story = new(slots: 3, eviction: EvictionRule.LeastRecentlyUsed);
        foreach (ReplicaId replica in new[] { Replica(1, 0), Replica(0, 0), Replica(2, 0) })
        {
            story.NowUs++;
            story.Warm(replica);
        }

        story.Tell(ResidencyEvent.Forecast(1, new[] { 1f, 1f, 1f, 1f }));
        story.Tell(ResidencyEvent.Plan(1, new[] { Replica(0, 0) }, 1_000));
        Assert.Equal([Replica(1, 0), Replica(2, 0), Replica(0, 0)], Victims(story, wantLayer: 0));
    }

    [Fact]
    public void Pressure_PinnedLoadingOrBusy_AreNotTaken()
    {
        ResidencyStory story = new(slots: 3);
        story.Warm(Replica(0, 0), Replica(0, 1));
        story.Tell(ResidencyEvent.Pin(Replica(0, 0)));
        story.Want(1, 500, Replica(0, 1));
        story.Tell(ResidencyEvent.PreWarm(7, Replica(0, 2)));
        Assert.Equal("", story.Want(2, 500, Replica(1, 0)));
    }

    [Fact]
    public void Forecast_Invalid_ThrowsAndNamesIt()
    {
        ResidencyStory story = new(slots: 1);
        Assert.Contains("layer 3", Error(story, ResidencyEvent.Forecast(3, new float[4])), StringComparison.Ordinal);
        Assert.Contains("layer -1", Error(story, ResidencyEvent.Forecast(-1, new float[4])), StringComparison.Ordinal);
        Assert.Contains("5 chances for 4", Error(story, ResidencyEvent.Forecast(0, new float[5])), StringComparison.Ordinal);
        Assert.Contains("L0.E1 is NaN", Error(story, ResidencyEvent.Forecast(0, new[] { 0, float.NaN, 0, 0 })), StringComparison.Ordinal);
        Assert.Contains("L0.E0 is -1", Error(story, ResidencyEvent.Forecast(0, new[] { -1f, 0, 0, 0 })), StringComparison.Ordinal);
        Assert.Contains("keep-alive of -1", Error(story, ResidencyEvent.Plan(1, Array.Empty<ReplicaId>(), -1)), StringComparison.Ordinal);
    }

    private static string Error(ResidencyStory story, ResidencyEvent change) =>
        Assert.Throws<ArgumentException>(() => story.Tell(change)).Message;

    private static ResidencyStory Full(params ReplicaId[] replicas)
    {
        ResidencyStory story = new(slots: replicas.Length);
        story.Warm(replicas);
        return story;
    }

    /// <summary>What goes, in order, when calls of a layer take slot after slot.</summary>
    private static List<ReplicaId> Victims(ResidencyStory story, int wantLayer)
    {
        List<ReplicaId> victims = [];
        HashSet<ReplicaId> before = [.. story.State.Replicas().Select(item => item.Replica)];
        for (int copy = 1; before.Count > 0; copy++)
        {
            story.Want(100 + copy, 500, Replica(wantLayer, 3, copy));
            HashSet<ReplicaId> after = [.. story.State.Replicas().Select(item => item.Replica)];
            victims.AddRange(before.Except(after));
            before.IntersectWith(after);
        }

        return victims;
    }
}
