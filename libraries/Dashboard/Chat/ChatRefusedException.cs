namespace DaprMoE.Dashboard;

/// <summary>A conversation can't be answered.</summary>
/// <param name="message">Why, a sentence for the user.</param>
/// <param name="cause">What happened; null when that is all there is.</param>
public sealed class ChatRefusedException(string message, Exception? cause = null) : Exception(message, cause);
