namespace DaprMoE.Gateway;

/// <summary>The bytes that all bodies together may take. Safe for any thread.</summary>
/// <param name="limit">Most bytes at a time.</param>
internal sealed class BodyBudget(long limit)
{
    private long _taken;

    /// <summary>Takes bytes.</summary>
    /// <exception cref="ApiException">They are not there now.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > limit)
        {
            GiveBack(bytes);
            throw ApiErrors.BodiesFull(limit);
        }
    }

    /// <summary>Gives bytes back that were taken.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
