namespace DaprMoE.Scheduling;

/// <summary>A span of time, the end excluded, in microseconds.</summary>
/// <param name="StartUs">First microsecond.</param>
/// <param name="EndUs">The microsecond after the last; at least <paramref name="StartUs"/>.</param>
public readonly record struct BillWindow(long StartUs, long EndUs)
{
    /// <summary>Length in microseconds.</summary>
    public long LengthUs => EndUs - StartUs;

    /// <summary>Whether the time lies in the window.</summary>
    public bool Contains(long timeUs) => StartUs <= timeUs && timeUs < EndUs;

    /// <summary>The nearest time from start to end, both included.</summary>
    public long Clamp(long timeUs) => Math.Clamp(timeUs, StartUs, EndUs);
}
