namespace DaprMoE.Experts.Tests;

public sealed class VirtualClockTests
{
    private readonly VirtualClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Advance_Times_AreReadInMicroseconds()
    {
        long before = _clock.GetTimestamp();
        _clock.Advance(1.5);
        Assert.Equal(TimeSpan.FromSeconds(1.5), _clock.GetElapsedTime(before));
        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(1.5), _clock.GetUtcNow());
    }

    [Fact]
    public void Advance_ThingsDue_HappenInOrderAtTheirTime()
    {
        List<(string Name, double Time)> seen = [];
        _clock.At(2, () => seen.Add(("b", _clock.Now)));
        _clock.At(2, () => seen.Add(("c", _clock.Now)));
        _clock.At(1, () =>
        {
            seen.Add(("a", _clock.Now));
            _clock.At(2.5, () => seen.Add(("d", _clock.Now)));
        });
        _clock.At(9, () => seen.Add(("never", _clock.Now)));
        _clock.Advance(3);
        Assert.Equal([("a", 1), ("b", 2), ("c", 2), ("d", 2.5)], seen);
        Assert.Equal(3, _clock.Now);
    }

    [Fact]
    public void AdvanceTo_Past_ChangesNothing()
    {
        _clock.Advance(3);
        _clock.AdvanceTo(2);
        Assert.Equal(3, _clock.Now);
    }

    [Fact]
    public void Timer_Periodic_FiresUntilItIsDisposed()
    {
        List<double> fired = [];
        ITimer timer = _clock.CreateTimer(_ => fired.Add(_clock.Now), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(6);
        timer.Dispose();
        _clock.Advance(6);
        Assert.Equal([1, 3, 5], fired);
    }

    [Fact]
    public void Timer_Changed_FiresAtTheNewTimeOnly()
    {
        List<double> fired = [];
        using ITimer timer = _clock.CreateTimer(_ => fired.Add(_clock.Now), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        _clock.Advance(10);
        Assert.Equal([4], fired);
    }

    [Fact]
    public async Task PooledTimers_Advance_CallsBackOnThePool()
    {
        TaskCompletionSource<bool> called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ITimer timer = new PooledTimers(_clock).CreateTimer(
            _ => called.SetResult(Thread.CurrentThread.IsThreadPoolThread), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        Thread advancing = new(() => _clock.Advance(5));
        advancing.Start();
        Assert.True(await called.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        advancing.Join();
    }
}
