namespace DaprMoE.Scheduling;

/// <summary>All memory that is held, by kind, and what it came to since the window's start; independent of who held it.</summary>
internal sealed class HeldMemory(BillPrices prices, long sinceUs)
{
    private readonly long[] _bytes = new long[prices.Kinds.Count];
    private readonly Int128[] _byteUs = new Int128[prices.Kinds.Count];
    private long _sinceUs = sinceUs;

    public void Change(long nowUs, int kind, long bytes)
    {
        Settle(nowUs);
        _bytes[kind] += bytes;
    }

    /// <summary>Memory x time, in byte-microseconds, and its price, up to now.</summary>
    public (Int128 ByteUs, double Money) Until(long nowUs)
    {
        Settle(nowUs);
        Int128 all = 0;
        double money = 0;
        for (int kind = 0; kind < _byteUs.Length; kind++)
        {
            all += _byteUs[kind];
            money += prices.PerGbSecond(kind) * ByteTime.GbSeconds(_byteUs[kind]);
        }

        return (all, money);
    }

    /// <summary>Counts from here on.</summary>
    public void Restart(long nowUs)
    {
        _sinceUs = nowUs;
        Array.Clear(_byteUs);
    }

    private void Settle(long nowUs)
    {
        long elapsed = nowUs - _sinceUs;
        _sinceUs = nowUs;
        for (int kind = 0; kind < _bytes.Length; kind++)
        {
            _byteUs[kind] += (Int128)_bytes[kind] * elapsed;
        }
    }
}
