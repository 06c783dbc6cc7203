namespace DaprMoE.Ports;

/// <summary>State that can't be read or written. The message names the place, what is wrong and the remedy.</summary>
/// <param name="message">The text for people.</param>
/// <param name="inner">What the store said; null when it was found wrong here.</param>
public sealed class StateStoreException(string message, Exception? inner = null) : Exception(message, inner);
