namespace DaprMoE.Scheduling;

/// <summary>Input that no decision can be made from. The message names the thing, its value, what is allowed and the remedy.</summary>
/// <param name="error">Which of the closed set of errors.</param>
/// <param name="message">The text for people.</param>
public sealed class SchedulingException(SchedulingError error, string message) : Exception(message)
{
    /// <summary>Which of the closed set of errors.</summary>
    public SchedulingError Error { get; } = error;
}
