namespace DaprMoE.Scheduling;

/// <summary>The memory that one replica holds; reused for another one when it is evicted.</summary>
internal sealed class ReplicaMeter
{
    private readonly MemoryAccount[] _accounts = new MemoryAccount[4];
    private LayerMeter _layer = null!;
    private long _sinceUs;
    private long _layerActiveUs;

    public ReplicaMemoryEvent Taken { get; private set; }

    /// <summary>Index of its kind of memory in the price list.</summary>
    public int Kind { get; private set; }

    public bool IsWarm { get; private set; }

    public void Take(long nowUs, in ReplicaMemoryEvent taken, int kind, LayerMeter layer)
    {
        (Taken, Kind, _layer) = (taken, kind, layer);
        (IsWarm, _sinceUs) = (false, nowUs);
    }

    /// <summary>The rows that get what is settled from now on.</summary>
    public void BookTo(MemoryAccount layer, MemoryAccount expert, MemoryAccount device, MemoryAccount total) =>
        (_accounts[0], _accounts[1], _accounts[2], _accounts[3]) = (layer, expert, device, total);

    public void Warm(long nowUs)
    {
        if (!IsWarm)
        {
            Settle(nowUs);
            IsWarm = true;
            _layer.ChangeWarmBytes(nowUs, Taken.Bytes);
            _layerActiveUs = _layer.ActiveUs(nowUs);
        }
    }

    public void Evict(long nowUs)
    {
        Settle(nowUs);
        if (IsWarm)
        {
            _layer.ChangeWarmBytes(nowUs, -Taken.Bytes);
        }
    }

    /// <summary>Books what was held since the last time.</summary>
    public void Settle(long nowUs)
    {
        Int128 held = (Int128)Taken.Bytes * (nowUs - _sinceUs);
        MemoryParts parts = new(Loading: held, Active: 0, Idle: 0);
        if (IsWarm)
        {
            long activeUs = _layer.ActiveUs(nowUs);
            Int128 active = (Int128)Taken.Bytes * (activeUs - _layerActiveUs);
            parts = new MemoryParts(Loading: 0, active, Idle: held - active);
            _layerActiveUs = activeUs;
        }

        _sinceUs = nowUs;
        foreach (MemoryAccount account in _accounts)
        {
            account.Add(Kind, parts);
        }
    }

    /// <summary>Counts from here on, in a new window; everything before is settled.</summary>
    public void Restart(long nowUs) => (_sinceUs, _layerActiveUs) = (nowUs, 0);
}
