namespace DaprMoE.Experts;

/// <summary>A backend, a device or a format was asked for that this program or this system does not have.</summary>
/// <param name="message">One sentence: what is missing and what helps.</param>
public sealed class BackendUnavailableException(string message) : Exception(message);
