using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

internal sealed partial class WorkflowWorker
{
    [LoggerMessage(LogLevel.Information, "Workflow worker connected to the sidecar at {Address}.")]
    private partial void LogConnected(Uri address);

    [LoggerMessage(LogLevel.Information, "The sidecar at {Address} ended the stream of work items; it is opened again.")]
    private partial void LogEnded(Uri address);

    [LoggerMessage(LogLevel.Warning, "No work items from the sidecar at {Address}; tried again in {Pause}: {Reason}")]
    private partial void LogBroken(Uri address, TimeSpan pause, string reason);

    [LoggerMessage(LogLevel.Warning, "A work item of workflow run {InstanceId} could not be completed; it comes again: {Reason}")]
    private partial void LogNotCompleted(string instanceId, string reason);
}
