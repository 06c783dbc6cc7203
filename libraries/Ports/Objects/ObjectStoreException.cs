namespace DaprMoE.Ports;

/// <summary>Objects that can't be kept or read. The message names the place, what is wrong and the remedy.</summary>
/// <param name="message">The text for people.</param>
/// <param name="inner">What the store said; null when it was found wrong here.</param>
public sealed class ObjectStoreException(string message, Exception? inner = null) : Exception(message, inner);
