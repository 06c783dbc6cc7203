namespace DaprMoE.DirectTransport;

/// <summary>
/// Counts intervals without a sign of life. It counts its own ticks, not the time between signs, and ticks that come late and together as
/// one: when this process itself was stopped for a while, its hosts are not taken for dead.
/// </summary>
internal sealed class HeartbeatWatch : IDisposable
{
    /// <summary>So many intervals without a sign, and the host is lost.</summary>
    public const int MostMissed = 5;

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _lastTick;
    private int _missed;

    public HeartbeatWatch(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes with the first sign.</summary>
    public Task First => _first.Task;

    /// <summary>Completes when too many signs are missing.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Intervals without a sign, up to now.</summary>
    public int Missed => Volatile.Read(ref _missed);

    /// <summary>Counts from here on.</summary>
    public void Start()
    {
        Volatile.Write(ref _missed, 0);
        Volatile.Write(ref _lastTick, _clock.GetTimestamp());
        _timer.Change(Heartbeats.Interval, Heartbeats.Interval);
    }

    /// <summary>A sign came.</summary>
    public void Beat()
    {
        Volatile.Write(ref _missed, 0);
        _first.TrySetResult();
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        long now = _clock.GetTimestamp();
        if (_clock.GetElapsedTime(Interlocked.Exchange(ref _lastTick, now), now) >= Heartbeats.Interval / 2
            && Interlocked.Increment(ref _missed) >= MostMissed)
        {
            _lost.TrySetResult();
        }
    }
}
