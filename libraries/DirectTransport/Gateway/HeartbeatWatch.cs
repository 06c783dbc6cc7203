namespace DaprMoE.DirectTransport;

/// <summary>
/// Counts intervals without a sign of life. It counts its own ticks, not the time between signs: when this process itself was stopped for
/// a while, its hosts are not taken for dead.
/// </summary>
internal sealed class HeartbeatWatch : IDisposable
{
    /// <summary>From one sign to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>So many intervals without a sign, and the host is lost.</summary>
    public const int MostMissed = 5;

    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private int _missed;

    public HeartbeatWatch(TimeProvider clock) => _timer = clock.CreateTimer(_ => Tick(), null, Interval, Interval);

    /// <summary>Completes when too many signs are missing.</summary>
    public Task Lost => _lost.Task;

    /// <summary>A sign came.</summary>
    public void Beat() => Volatile.Write(ref _missed, 0);

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (Interlocked.Increment(ref _missed) >= MostMissed)
        {
            _lost.TrySetResult();
        }
    }
}
