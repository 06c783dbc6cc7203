using Microsoft.Extensions.Logging;

namespace DaprMoE.Embedded;

public sealed partial class InProcessWorkflows
{
    [LoggerMessage(LogLevel.Information, "Workflow run {Id} of {Workflow} was cut off and begins again.")]
    private partial void LogBegunAgain(string id, string workflow);

    [LoggerMessage(LogLevel.Warning, "Workflow run {Id} was cut off, and there is no workflow {Workflow} any more; it is dropped.")]
    private partial void LogUnknown(string id, string workflow);

    [LoggerMessage(LogLevel.Warning, "Workflow run {Id} of {Workflow} failed: {Failure}")]
    private partial void LogFailed(string id, string workflow, string failure);

    [LoggerMessage(LogLevel.Warning, "Workflow run {Id} has ended but stays in state; after a restart it is run once more.")]
    private partial void LogNotForgotten(Exception exception, string id);
}
