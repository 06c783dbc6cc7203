namespace DaprMoE.Experts;

/// <summary>A clock whose timers call back on the thread pool, so that what they lead to keeps nobody up who advances it.</summary>
/// <param name="clock">The clock.</param>
public sealed class PooledTimers(VirtualClock clock) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(
        _ => ThreadPool.QueueUserWorkItem(static call => call.callback(call.state), (callback, state), preferLocal: false), null, dueTime, period);
}
