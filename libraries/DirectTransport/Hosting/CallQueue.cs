namespace DaprMoE.DirectTransport;

/// <summary>
/// Accepted calls of a device, in order, up to a bound. One thread takes them; it yields its core for a while before it parks, since while
/// tokens are generated the next layer's call comes sooner than a parked thread wakes.
/// </summary>
internal sealed class CallQueue(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<HostedCall> _calls = new(capacity);
    private volatile int _count;
    private volatile bool _closed;

    /// <summary>Adds a call; false when the queue is full or closed.</summary>
    public bool TryAdd(HostedCall call)
    {
        lock (_gate)
        {
            if (_closed || _calls.Count >= capacity)
            {
                return false;
            }

            _calls.Enqueue(call);
            _count = _calls.Count;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for the next call; null when the queue is closed and empty.</summary>
    public HostedCall? Take()
    {
        BriefWait.Until(this, static queue => queue._count > 0 || queue._closed);
        lock (_gate)
        {
            while (_calls.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            _ = _calls.TryDequeue(out HostedCall? call);
            _count = _calls.Count;
            return call;
        }
    }

    /// <summary>Takes no more calls; those that wait are still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
