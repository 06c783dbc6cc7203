using System.Diagnostics.CodeAnalysis;

namespace DaprMoE.Experts;

/// <summary>
/// The clock of emulated devices: it stands still until it is advanced. What is due on the way happens at its own time, in order, on the
/// thread that advances, and so do the callbacks of its timers. May be read, and timers set, from any thread; one thread advances.
/// </summary>
/// <param name="start">The date at time 0.</param>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private const long Microseconds = 1_000_000;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action, (double Due, long Order)> _due = new();
    private double _now;
    private long _order;

    /// <summary>Time since the start, s.</summary>
    public double Now => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override long TimestampFrequency => Microseconds;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)Math.Floor(Now * Microseconds);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromMicroseconds(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">How long, at least 0.</param>
    public void Advance(double seconds) => AdvanceTo(Now + seconds);

    /// <summary>Lets time pass up to a time, s; one that has passed changes nothing.</summary>
    public void AdvanceTo(double until)
    {
        while (TryRunNext(until))
        {
        }

        Volatile.Write(ref _now, Math.Max(_now, until));
    }

    /// <summary>Lets time pass up to the next thing that is due, which then happens.</summary>
    /// <param name="until">The latest time, s.</param>
    /// <returns>False when nothing is due by then; time has not changed.</returns>
    internal bool TryRunNext(double until)
    {
        if (!TryTake(until, out Action? happen, out double due))
        {
            return false;
        }

        Volatile.Write(ref _now, Math.Max(_now, due));
        happen();
        return true;
    }

    /// <summary>Something is due at a time, s; what is due at the same time happens in the order of these calls.</summary>
    internal void At(double due, Action happen)
    {
        lock (_gate)
        {
            _due.Enqueue(happen, (due, _order++));
        }
    }

    private bool TryTake(double until, [NotNullWhen(true)] out Action? happen, out double due)
    {
        lock (_gate)
        {
            bool isDue = _due.TryPeek(out happen, out (double Due, long Order) key) && key.Due <= until;
            due = key.Due;
            happen = isDue ? _due.Dequeue() : null;
            return isDue;
        }
    }
}
