namespace Dapr.Workflow;

/// <summary>A failure that crossed processes: what is left of its exception.</summary>
/// <param name="errorType">Full name of the exception's type.</param>
/// <param name="errorMessage">The exception's message.</param>
/// <param name="stackTrace">Its stack trace, where one came along.</param>
public class WorkflowTaskFailureDetails(string errorType, string errorMessage, string? stackTrace = null)
{
    /// <summary>Full name of the exception's type.</summary>
    public string ErrorType { get; } = errorType ?? throw new ArgumentNullException(nameof(errorType));

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; } = errorMessage ?? throw new ArgumentNullException(nameof(errorMessage));

    /// <summary>Its stack trace, where one came along.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
