namespace DaprMoE.Experts;

/// <summary>A timer of a <see cref="VirtualClock"/>.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private long _version;
    private bool _isDisposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            (_period, _version) = (period, _version + 1);
            Set(clock.Now, dueTime);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            (_isDisposed, _version) = (true, _version + 1);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Set(double from, TimeSpan wait)
    {
        if (wait != Timeout.InfiniteTimeSpan)
        {
            long version = _version;
            double due = from + wait.TotalSeconds;
            clock.At(due, () => Fire(version, due));
        }
    }

    private void Fire(long version, double due)
    {
        lock (_gate)
        {
            if (version != _version)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Set(due, _period);
            }
        }

        callback(state);
    }
}
