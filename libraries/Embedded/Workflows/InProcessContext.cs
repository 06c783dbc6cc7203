using Dapr.Workflow;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Embedded;

/// <summary>A run's context. Once the run is stopped, none of its tasks ends any more: the workflow's code does not go on.</summary>
internal sealed class InProcessContext(InProcessRun run, RunServices services) : WorkflowContext
{
    private int _children;

    public override string Name => run.Workflow;

    public override string InstanceId => run.Id;

    public override DateTime CurrentUtcDateTime => services.Time.GetUtcNow().UtcDateTime;

    /// <summary>A run that was cut off begins again; there is no replay.</summary>
    public override bool IsReplaying => false;

    public override Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        string? json = WorkflowJson.Write(input);
        return CallAsync<T>(
            $"Activity '{name}'", options, () => services.Activities.RunAsync(InstanceId, name, json, run.Stopped));
    }

    public override Task<TResult> CallChildWorkflowAsync<TResult>(
        string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        string id = options?.InstanceId ?? $"{InstanceId}:{_children++:x4}";
        string? json = WorkflowJson.Write(input);
        return CallAsync<TResult>(
            $"Child workflow '{workflowName}'", options, () => services.RunChildAsync(workflowName, id, json, run.Stopped));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        TimeSpan delay = fireAt.ToUniversalTime() - CurrentUtcDateTime;
        return delay <= TimeSpan.Zero ? Task.CompletedTask : DelayAsync(delay, cancellationToken);
    }

    public override void SetCustomStatus(object? customStatus) => run.CustomStatus = WorkflowJson.Write(customStatus);

    public override ILogger CreateReplaySafeLogger(string categoryName) => services.Loggers.CreateLogger(categoryName);

    public override ILogger CreateReplaySafeLogger(Type type) => services.Loggers.CreateLogger(type);

    public override ILogger CreateReplaySafeLogger<T>() => services.Loggers.CreateLogger<T>();

    public override Guid NewGuid() => Guid.CreateVersion7(services.Time.GetUtcNow());

    private async Task<T> CallAsync<T>(string what, WorkflowTaskOptions? options, Func<Task<string?>> attempt)
    {
        if (options?.TargetAppId is { } app)
        {
            throw new NotSupportedException($"{what} is to run in app '{app}'; in one process there are no other apps.");
        }

        Retries retries = new(options?.RetryPolicy, CurrentUtcDateTime);
        while (true)
        {
            try
            {
                // Away from the run's own scheduler, which the workflow's code needs for itself.
                return WorkflowJson.Read<T>(await Task.Run(attempt));
            }
            catch (OperationCanceledException) when (run.Stopped.IsCancellationRequested)
            {
                await NeverAsync();
            }
            catch (Exception exception)
            {
                TimeSpan delay = retries.After(CurrentUtcDateTime) ?? throw Failed(what, exception);
                await DelayAsync(delay, CancellationToken.None);
            }
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Stopped);
        try
        {
            await Task.Delay(delay, services.Time, both.Token);
        }
        catch (OperationCanceledException) when (run.Stopped.IsCancellationRequested)
        {
            await NeverAsync();
        }
    }

    private static Task NeverAsync() => new TaskCompletionSource().Task;

    private static WorkflowTaskFailedException Failed(string what, Exception exception)
    {
        string type = exception.GetType().FullName ?? exception.GetType().Name;
        return new WorkflowTaskFailedException(
            $"{what} failed: {exception.Message}", new WorkflowTaskFailureDetails(type, exception.Message, exception.StackTrace));
    }
}
