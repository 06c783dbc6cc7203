namespace DaprMoE.Gateway;

/// <summary>The part of the budget that one body has. Disposing it gives all of it back, once.</summary>
internal sealed class BodyReservation(BodyBudget budget) : IDisposable
{
    private long _bytes;

    /// <summary>Takes more.</summary>
    /// <exception cref="ApiException">There is no more now.</exception>
    public void Add(long bytes)
    {
        budget.Take(bytes);
        _bytes += bytes;
    }

    public void Dispose() => budget.GiveBack(Interlocked.Exchange(ref _bytes, 0));
}
