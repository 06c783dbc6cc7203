namespace DaprMoE.ServiceDefaults;

/// <summary>Where a service is between its start and its end. Safe for any thread.</summary>
public sealed class StartupState
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _started;
    private volatile Moment _now;

    /// <summary>Begins in the phase <c>starting</c>.</summary>
    public StartupState(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _started = clock.GetTimestamp();
        _now = new("starting", IsReady: false, IsStopping: false, EndedAfter: null);
    }

    /// <summary>What the service does now: <c>starting</c>, phases that the service names, <c>ready</c>, <c>stopping</c>.</summary>
    public string Phase => _now.Phase;

    /// <summary>Whether requests are served.</summary>
    public bool IsReady => _now.IsReady;

    /// <summary>Whether the service is on its way out, which it never comes back from.</summary>
    public bool IsStopping => _now.IsStopping;

    /// <summary>How long the start has taken so far, or took.</summary>
    public TimeSpan Elapsed => _now.EndedAfter ?? _clock.GetElapsedTime(_started);

    /// <summary>Enters a phase of the start, a few words such as <c>loading the model</c>.</summary>
    public void Enter(string phase) => Become(new(phase, IsReady: false, IsStopping: false, EndedAfter: null));

    /// <summary>The start is over; requests are served from now on.</summary>
    public void Ready() => Become(new("ready", IsReady: true, IsStopping: false, Elapsed));

    /// <summary>No new requests, please.</summary>
    public void Stopping() => Become(new("stopping", IsReady: false, IsStopping: true, Elapsed));

    private void Become(Moment next)
    {
        lock (_gate)
        {
            if (!_now.IsStopping)
            {
                _now = next;
            }
        }
    }

    private sealed record Moment(string Phase, bool IsReady, bool IsStopping, TimeSpan? EndedAfter);
}
