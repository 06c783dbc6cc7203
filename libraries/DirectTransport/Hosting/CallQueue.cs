namespace DaprMoE.DirectTransport;

/// <summary>Accepted calls of a device, in order, up to a bound. One thread takes them.</summary>
internal sealed class CallQueue(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<HostedCall> _calls = new(capacity);
    private bool _closed;

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
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for the next call; null when the queue is closed and empty.</summary>
    public HostedCall? Take()
    {
        lock (_gate)
        {
            while (_calls.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            return _calls.TryDequeue(out HostedCall? call) ? call : null;
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
