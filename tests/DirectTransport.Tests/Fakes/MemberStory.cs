using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>One listed host, connections that the test controls, and a clock that it moves.</summary>
internal sealed class MemberStory : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<FakeConnection> _connections = [];
    private readonly Task _running;

    public MemberStory()
    {
        Tracker = new HostTracker(["a:1"], Model.Fingerprint, maxRows: 32);
        Link = new HostLink("a:1", Fingerprint.Parse(Model.Fingerprint), Model.Limits, lossy: false, Clock, Log);
        Member = new HostMember(0, "a:1", Connect, Tracker, Link, (_, _) => Warmed++, Clock, Log);
        _running = Task.Run(() => Member.RunAsync(_stop.Token));
    }

    public FakeTimeProvider Clock { get; } = new();

    public RecordedLog Log { get; } = new();

    public HostTracker Tracker { get; }

    public HostLink Link { get; }

    public HostMember Member { get; }

    public int Warmed { get; private set; }

    public bool IsAlive => Tracker.Of(0).IsAlive;

    /// <summary>The next connection that is made.</summary>
    public FakeConnection Next() => _connections.TryTake(out FakeConnection? connection, Limit) ? connection : throw new TimeoutException();

    /// <summary>The next connection, once it is made; the wait between attempts is passed.</summary>
    public async Task<FakeConnection> NextAfterWaitAsync()
    {
        FakeConnection? connection = null;
        await UntilAsync(() =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            return _connections.TryTake(out connection);
        });
        return connection!;
    }

    /// <summary>Lets the host join.</summary>
    public async Task JoinAsync(FakeConnection connection, ulong life = 1)
    {
        connection.Announce(FakeConnection.Said(life: life));
        connection.Beat();
        await UntilAsync(() => IsAlive && Member.Connection is not null);
    }

    /// <summary>Waits for a condition.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Limit, "The condition did not come true.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _connections.Dispose();
    }

    private FakeConnection Connect()
    {
        FakeConnection connection = new();
        _connections.Add(connection);
        return connection;
    }
}
