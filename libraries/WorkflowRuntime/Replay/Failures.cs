using Dapr.Workflow.Protocol;

namespace Dapr.Workflow;

/// <summary>Failures between exceptions and the protocol.</summary>
internal static class Failures
{
    private const int DeepestInner = 8;

    public static TaskFailureDetails ToDetails(Exception exception) => ToDetails(exception, DeepestInner);

    public static WorkflowTaskFailureDetails ToPublic(TaskFailureDetails details) =>
        new(details.ErrorType, details.ErrorMessage, details.StackTrace);

    public static WorkflowTaskFailedException ToException(StepKind kind, string name, TaskFailureDetails details)
    {
        string what = Step.Describe(kind, name);
        string message = $"{char.ToUpperInvariant(what[0])}{what[1..]} failed: {details.ErrorMessage}";
        return new WorkflowTaskFailedException(message, ToPublic(details));
    }

    private static TaskFailureDetails ToDetails(Exception exception, int deeper) => new()
    {
        ErrorType = exception.GetType().FullName ?? exception.GetType().Name,
        ErrorMessage = exception.Message,
        StackTrace = exception.StackTrace,
        InnerFailure = exception.InnerException is { } inner && deeper > 0 ? ToDetails(inner, deeper - 1) : null,
    };
}
