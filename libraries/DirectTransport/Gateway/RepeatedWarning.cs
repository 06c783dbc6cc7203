namespace DaprMoE.DirectTransport;

/// <summary>Lets a warning that may repeat with every call be said once a second. Used by one thread.</summary>
internal sealed class RepeatedWarning(TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private long? _saidAt;
    private long _unsaid;

    /// <summary>Whether to say it now.</summary>
    /// <param name="unsaid">How often it was not said since the last time.</param>
    public bool MaySay(out long unsaid)
    {
        unsaid = _unsaid;
        if (_saidAt is { } last && clock.GetElapsedTime(last) < Quiet)
        {
            _unsaid++;
            return false;
        }

        (_saidAt, _unsaid) = (clock.GetTimestamp(), 0);
        return true;
    }
}
