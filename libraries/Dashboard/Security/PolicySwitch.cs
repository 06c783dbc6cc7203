namespace DaprMoE.Dashboard;

/// <summary>A viewer's wish to let another policy decide.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="AdminKey">The admin key that the viewer gave; null when they gave none.</param>
/// <param name="IsLocal">Whether the viewer's browser is on this machine and asked for it by a name of loopback.</param>
public sealed record PolicySwitch(string Policy, string? AdminKey, bool IsLocal);

/// <summary>What became of a <see cref="PolicySwitch"/>.</summary>
/// <param name="Outcome">Whether it was done.</param>
/// <param name="Message">A sentence for the viewer.</param>
public sealed record SwitchAnswer(SwitchOutcome Outcome, string Message);

/// <summary>Whether a policy was switched.</summary>
public enum SwitchOutcome
{
    /// <summary>The policy is in force.</summary>
    Done,

    /// <summary>The admin key is wanted, or another than was given.</summary>
    KeyWanted,

    /// <summary>It can't be done, whoever asks.</summary>
    Refused,
}
