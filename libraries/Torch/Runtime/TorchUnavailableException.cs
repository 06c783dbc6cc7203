namespace DaprMoE.Torch;

/// <summary>The torch backend was asked for where it can't run; the message says why and what helps.</summary>
/// <param name="message">One sentence.</param>
public sealed class TorchUnavailableException(string message) : Exception(message);
