namespace DaprMoE.DirectTransport;

/// <summary>Signs of life, as both ends count them.</summary>
internal static class Heartbeats
{
    /// <summary>From one sign to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
}
