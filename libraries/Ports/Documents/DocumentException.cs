namespace DaprMoE.Ports;

/// <summary>A document of state that is none of ours: of another version, cut off, out of its bounds. It is never acted on.</summary>
/// <param name="message">Names the document, the value and what is allowed.</param>
/// <param name="inner">What the parser said; null when it was found wrong here.</param>
public sealed class DocumentException(string message, Exception? inner = null) : Exception(message, inner);
