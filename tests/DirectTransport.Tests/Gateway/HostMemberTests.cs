using DaprMoE.Ports;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>Stories of one host, on a clock that the test moves.</summary>
public sealed class HostMemberTests
{
    [Fact]
    public async Task Host_AnnouncesAndBeats_JoinsWarmed()
    {
        await using MemberStory story = new();
        await story.JoinAsync(story.Next());
        await story.Member.Settled;
        Assert.Equal(1, story.Warmed);
        Assert.Null(story.Member.Trouble);
        Assert.Equal(["Information: Expert host host-0 at a:1 has joined with 1 devices"], story.Log.Lines);
    }

    [Fact]
    public async Task Host_MissesFiveBeats_IsLost_AndItsCallsAfterTheRoutes()
    {
        await using MemberStory story = new();
        FakeConnection connection = story.Next();
        await story.JoinAsync(connection);
        LayerCall layer = new(id: 1, TimeSpan.FromHours(1));
        story.Link.Start(layer.Call, device: 0);
        bool aliveWhenLost = true;
        story.Tracker.Watch(alive => aliveWhenLost = connection.Stream!.IsLost && alive.Count > 0);

        for (int tick = 0; tick < HeartbeatWatch.MostMissed; tick++)
        {
            Assert.True(story.IsAlive);
            story.Clock.Advance(Heartbeats.Interval);
        }

        await MemberStory.UntilAsync(() => connection.IsDisposed);
        Assert.False(story.IsAlive);
        Assert.False(aliveWhenLost);
        Assert.Equal(CallOutcome.DeviceLost, story.Link.Wait(layer.Call));
        await MemberStory.UntilAsync(() => story.Log.Lines.Contains("Warning: The expert host at a:1 is lost: it went silent"));
    }

    [Fact]
    public async Task Host_BeatsInTime_Stays()
    {
        await using MemberStory story = new();
        FakeConnection connection = story.Next();
        await story.JoinAsync(connection);
        for (int round = 0; round < 10; round++)
        {
            story.Clock.Advance(Heartbeats.Interval * (HeartbeatWatch.MostMissed - 1));
            connection.Beat();
            await MemberStory.UntilAsync(() => story.Member.MissedBeats == 0);
        }

        Assert.True(story.IsAlive);
    }

    [Fact]
    public async Task Host_ThisProcessWasStopped_IsNotTakenForDead()
    {
        await using MemberStory story = new();
        FakeConnection connection = story.Next();
        await story.JoinAsync(connection);
        // Ten intervals pass at once: a process that was stopped sees one late tick.
        story.Clock.AdjustTime(story.Clock.GetUtcNow() + (Heartbeats.Interval * 10));
        Assert.InRange(story.Member.MissedBeats, 0, 2);
        Assert.True(story.IsAlive);
    }

    [Fact]
    public async Task Host_Lost_RejoinsWithItsNextLife()
    {
        await using MemberStory story = new();
        FakeConnection connection = story.Next();
        await story.JoinAsync(connection);
        connection.Break("reset by peer");
        await MemberStory.UntilAsync(() => story.Log.Lines.Contains("Warning: The expert host at a:1 is lost: reset by peer"));
        Assert.False(story.IsAlive);

        FakeConnection second = await story.NextAfterWaitAsync();
        await story.JoinAsync(second, life: 2);
        Assert.Equal(2UL, story.Tracker.Of(0).Facts!.Incarnation);
        LayerCall layer = new(id: 1, TimeSpan.FromHours(1));
        story.Link.Start(layer.Call, device: 0);
        Assert.Equal((0, 1), (connection.Stream!.Sent, second.Stream!.Sent));
    }

    [Fact]
    public async Task Host_WithAnotherModel_IsRefusedOnce_AndTriedAgain()
    {
        await using MemberStory story = new();
        story.Next().Announce(FakeConnection.Said(model: new string('f', 32)));
        await Assert.ThrowsAsync<HostRefusedException>(() => story.Member.Settled);
        (await story.NextAfterWaitAsync()).Announce(FakeConnection.Said(model: new string('f', 32)));
        FakeConnection third = await story.NextAfterWaitAsync();
        Assert.Single(story.Log.Lines, line => line.StartsWith("Error: The expert host at a:1 is refused: Expert host host-0", StringComparison.Ordinal));

        await story.JoinAsync(third);
    }

    [Fact]
    public async Task Host_Drains_GetsNoCalls_AndKeepsThoseItHas()
    {
        await using MemberStory story = new();
        FakeConnection connection = story.Next();
        await story.JoinAsync(connection);
        connection.Announce(FakeConnection.Said(draining: true));
        await MemberStory.UntilAsync(() => !story.IsAlive);
        Assert.False(connection.IsDisposed);
        Assert.False(connection.Stream!.IsLost);
    }

    [Fact]
    public async Task Host_SaysNothing_IsTriedAgainWithLongerWaits()
    {
        await using MemberStory story = new();
        FakeConnection connection = story.Next();
        await MemberStory.UntilAsync(() =>
        {
            story.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return connection.IsDisposed;
        });
        Assert.NotNull(await story.NextAfterWaitAsync());
        Backoff backoff = new();
        Assert.Equal([50, 100, 200, 400, 800, 1600, 2000, 2000], Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalMilliseconds));
    }
}
