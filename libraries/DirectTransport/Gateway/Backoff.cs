namespace DaprMoE.DirectTransport;

/// <summary>Waits between attempts to reach a host: each twice the last, up to a bound, since a host that restarts shall rejoin soon.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = First;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <summary>The host was reached.</summary>
    public void Reset() => _next = First;
}
