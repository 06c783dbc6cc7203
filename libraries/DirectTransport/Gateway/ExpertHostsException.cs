namespace DaprMoE.DirectTransport;

/// <summary>Listed expert hosts could not be had at the start.</summary>
/// <param name="message">A sentence for each: which, why, and the remedy.</param>
public sealed class ExpertHostsException(string message) : Exception(message);
