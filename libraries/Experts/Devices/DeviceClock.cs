namespace DaprMoE.Experts;

/// <summary>A monotonic time in microseconds, the same for all devices of a time provider.</summary>
internal sealed class DeviceClock(TimeProvider time)
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    public TimeProvider Time => time;

    public long NowUs => time.GetElapsedTime(0).Ticks / TicksPerMicrosecond;

    /// <summary>A duration in microseconds; an infinite one never ends.</summary>
    public static long Us(TimeSpan duration) => duration == Timeout.InfiniteTimeSpan ? long.MaxValue : duration.Ticks / TicksPerMicrosecond;

    /// <summary>A time so far after another, without overflow.</summary>
    public static long After(long timeUs, long durationUs) => timeUs > long.MaxValue - durationUs ? long.MaxValue : timeUs + durationUs;
}
