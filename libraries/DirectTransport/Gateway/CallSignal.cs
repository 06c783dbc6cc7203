namespace DaprMoE.DirectTransport;

/// <summary>
/// Where the engine's thread waits for answers. It yields its core for a while before it parks, since small calls come back sooner
/// than a parked thread wakes.
/// </summary>
internal sealed class CallSignal
{
    private readonly object _gate = new();
    private int _version;
    private int _parked;

    /// <summary>Changes with each <see cref="Set"/>. Read before looking at what is waited for.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Wakes the waiting thread.</summary>
    public void Set()
    {
        Interlocked.Increment(ref _version);
        if (Volatile.Read(ref _parked) > 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits until the version is another, at most for some time.</summary>
    public void Wait(int version, TimeSpan most)
    {
        if (!BriefWait.Until((Signal: this, Seen: version), static wait => wait.Signal.Version != wait.Seen))
        {
            Park(version, most);
        }
    }

    private void Park(int version, TimeSpan most)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _parked);
            if (Version == version)
            {
                Monitor.Wait(_gate, most);
            }

            Interlocked.Decrement(ref _parked);
        }
    }
}
