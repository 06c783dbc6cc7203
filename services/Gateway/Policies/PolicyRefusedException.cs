namespace DaprMoE.Gateway;

/// <summary>A policy can't be put in force; the message says why and what would help.</summary>
/// <param name="message">The reason.</param>
/// <param name="isUnknown">Whether no such policy can run in a server at all, whatever its devices.</param>
public sealed class PolicyRefusedException(string message, bool isUnknown) : Exception(message)
{
    /// <summary>Whether no such policy can run in a server at all, whatever its devices.</summary>
    public bool IsUnknown { get; } = isUnknown;
}
