namespace DaprMoE.DirectTransport;

/// <summary>A host can't be used, whatever is tried: another model, another version, a name that another host has.</summary>
/// <param name="message">Which host, what is wrong, what is allowed, and the remedy.</param>
internal sealed class HostRefusedException(string message) : Exception(message);
