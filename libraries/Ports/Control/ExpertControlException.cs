namespace DaprMoE.Ports;

/// <summary>A device can't be asked. The message names it, what is wrong and the remedy.</summary>
/// <param name="message">The text for people.</param>
/// <param name="inner">What was said below; null when nothing was.</param>
public sealed class ExpertControlException(string message, Exception? inner = null) : Exception(message, inner);
