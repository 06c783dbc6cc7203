namespace DaprMoE.Scheduling;

/// <summary>
/// The running time of one layer. Overlapping runs count once; the run that began first owns the common time, that is, the first of
/// the open ones owns all time.
/// </summary>
/// <param name="requests">Gets what the runs own.</param>
internal sealed class LayerMeter(RequestLedger requests)
{
    private readonly List<OpenRun> _open = [];
    private readonly Stack<OpenRun> _spare = [];
    private long _sinceUs;
    private long _activeUs;
    private long _warmBytes;
    private Int128 _activeByteUs;

    /// <summary>Time in which the layer ran, up to now.</summary>
    public long ActiveUs(long nowUs)
    {
        Settle(nowUs);
        return _activeUs;
    }

    /// <summary>Active memory x time of the layer's replicas, up to now.</summary>
    public Int128 ActiveByteUs(long nowUs)
    {
        Settle(nowUs);
        return _activeByteUs;
    }

    public void ChangeWarmBytes(long nowUs, long bytes)
    {
        Settle(nowUs);
        _warmBytes += bytes;
    }

    public void Begin(long nowUs, long number, ReadOnlySpan<RequestTokens> tokens)
    {
        Settle(nowUs);
        OpenRun run = _spare.TryPop(out OpenRun? spare) ? spare : new OpenRun();
        run.Begin(number, tokens);
        _open.Add(run);
    }

    /// <summary>An open run; null when no such run is open.</summary>
    public OpenRun? Find(long number) => IndexOf(number) is var index and >= 0 ? _open[index] : null;

    /// <summary>False when no such run is open.</summary>
    public bool TryEnd(long nowUs, long number)
    {
        int index = IndexOf(number);
        if (index < 0)
        {
            return false;
        }

        Settle(nowUs);
        OpenRun run = _open[index];
        requests.Credit(run);
        _open.RemoveAt(index);
        _spare.Push(run);
        return true;
    }

    /// <summary>Gives the requests what their open runs own up to now.</summary>
    public void CreditOpenRuns(long nowUs)
    {
        Settle(nowUs);
        foreach (OpenRun run in _open)
        {
            requests.Credit(run);
        }
    }

    /// <summary>Counts from here on; the requests have been credited.</summary>
    public void Restart(long nowUs)
    {
        _sinceUs = nowUs;
        _activeUs = 0;
        _activeByteUs = 0;
    }

    private int IndexOf(long number)
    {
        for (int index = 0; index < _open.Count; index++)
        {
            if (_open[index].Number == number)
            {
                return index;
            }
        }

        return -1;
    }

    private void Settle(long nowUs)
    {
        if (_open.Count > 0)
        {
            long elapsed = nowUs - _sinceUs;
            _activeUs += elapsed;
            Int128 owned = (Int128)_warmBytes * elapsed;
            _activeByteUs += owned;
            _open[0].Owned += owned;
        }

        _sinceUs = nowUs;
    }
}
