using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// Ticks a device when the end of a keep-alive is due. Set for the earliest time at which one can be; deadlines of calls are kept by
/// those that wait. Used under the device's lock but for its tick.
/// </summary>
internal sealed class TickTimer : IDisposable
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(1);

    private readonly DeviceClock _clock;
    private readonly ITimer _timer;
    private bool _isSet;

    public TickTimer(DeviceClock clock, Action tick)
    {
        _clock = clock;
        _timer = clock.Time.CreateTimer(_ => tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Looks after an event whether the timer has to be set. While it is set only a plan can make something due earlier: whatever gets
    /// idle later, goes later.
    /// </summary>
    public void Follow(ResidencyState state, ResidencyEventKind kind)
    {
        if (_isSet && kind is not (ResidencyEventKind.Tick or ResidencyEventKind.Plan))
        {
            return;
        }

        _isSet = state is { KeepAliveUs: < long.MaxValue, IsLost: false };
        if (_isSet)
        {
            long nowUs = _clock.NowUs;
            long dueUs = Math.Min(state.NextTickUs() ?? long.MaxValue, DeviceClock.After(nowUs, state.KeepAliveUs));
            TimeSpan wait = TimeSpan.FromMicroseconds(Math.Clamp(dueUs - nowUs, 0, (long)Latest.TotalMicroseconds));
            _timer.Change(wait < Soonest ? Soonest : wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();
}
