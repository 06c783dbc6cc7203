namespace DaprMoE.Ports;

/// <summary>
/// "Version N exists." It wakes those who read state and carries nothing that they would act on, so that a lost, late, repeated or forged
/// event changes nothing.
/// </summary>
/// <param name="Source">Who published: the name of a gateway, host or service; 1 … <see cref="MaxSourceLength"/> characters.</param>
/// <param name="Version">The version that can be read from state, at least 1.</param>
public sealed record VersionEvent(string Source, long Version)
{
    /// <summary>Most characters of <see cref="Source"/>.</summary>
    public const int MaxSourceLength = StateKeys.MaxNameLength;

    /// <summary>Whether both values are within their bounds.</summary>
    public bool IsSound => Version >= 1 && StateKeys.IsName(Source);

    /// <summary>Refuses an event whose values are out of their bounds.</summary>
    /// <exception cref="ArgumentException">They are; the message has both values and what is allowed.</exception>
    public static void Require(VersionEvent message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!message.IsSound)
        {
            throw new ArgumentException(
                $"The event has source '{message.Source}' and version {message.Version}; "
                + $"a source has 1 … {MaxSourceLength} letters, digits, '-', '_' or '.', a version is at least 1.",
                nameof(message));
        }
    }
}
