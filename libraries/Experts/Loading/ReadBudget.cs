namespace DaprMoE.Experts;

/// <summary>How much may be read when bandwidth is bounded: no more on average than so many bytes per second, in small bursts.</summary>
/// <param name="bytesPerSecond">The bound, above 0.</param>
internal sealed class ReadBudget(long bytesPerSecond)
{
    private const long BurstUs = 2_000;

    private long _freeAtUs = long.MinValue;

    /// <summary>Microseconds until the next read may begin.</summary>
    public long WaitUs(long nowUs) => _freeAtUs <= nowUs ? 0 : _freeAtUs - nowUs;

    /// <summary>Notes a read that begins now.</summary>
    public void Take(long bytes, long nowUs) =>
        _freeAtUs = Math.Max(_freeAtUs, nowUs - BurstUs) + (long)(bytes * 1e6 / bytesPerSecond);
}
