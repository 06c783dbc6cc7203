namespace Dapr.Workflow;

/// <summary>
/// A step of a workflow that does something: the only place for I/O. It runs at least once, so what it does has to be idempotent.
/// Constructor parameters come from the container, from a scope of the call.
/// </summary>
/// <typeparam name="TInput">Input; serialisable as JSON.</typeparam>
/// <typeparam name="TOutput">Output; serialisable as JSON.</typeparam>
public abstract class WorkflowActivity<TInput, TOutput> : IWorkflowActivity
{
    Type IWorkflowActivity.InputType => typeof(TInput);

    Type IWorkflowActivity.OutputType => typeof(TOutput);

    async Task<object?> IWorkflowActivity.RunAsync(WorkflowActivityContext context, object? input) =>
        await RunAsync(context, (TInput)input!).ConfigureAwait(false);

    /// <summary>The activity's code.</summary>
    /// <param name="context">The call.</param>
    /// <param name="input">The input; null when it was called without one.</param>
    /// <returns>The output.</returns>
    public abstract Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input);
}
