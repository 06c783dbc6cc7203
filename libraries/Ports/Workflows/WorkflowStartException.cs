namespace DaprMoE.Ports;

/// <summary>A workflow can't be started or followed now. The message names it, what is in the way and the remedy.</summary>
/// <param name="message">The text for people.</param>
/// <param name="inner">What was said below; null when nothing was.</param>
public sealed class WorkflowStartException(string message, Exception? inner = null) : Exception(message, inner);
