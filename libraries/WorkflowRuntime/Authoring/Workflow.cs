namespace Dapr.Workflow;

/// <summary>
/// A durable function that coordinates activities. It is replayed from its history, so it has to be deterministic: it awaits only tasks
/// of its context, and takes time and ids from there.
/// </summary>
/// <typeparam name="TInput">Input; serialisable as JSON.</typeparam>
/// <typeparam name="TOutput">Output; serialisable as JSON.</typeparam>
public abstract class Workflow<TInput, TOutput> : IWorkflow
{
    Type IWorkflow.InputType => typeof(TInput);

    Type IWorkflow.OutputType => typeof(TOutput);

    async Task<object?> IWorkflow.RunAsync(WorkflowContext context, object? input) => await RunAsync(context, (TInput)input!);

    /// <summary>The workflow's code.</summary>
    /// <param name="context">The run.</param>
    /// <param name="input">The input; null when the run was started without one.</param>
    /// <returns>The output.</returns>
    public abstract Task<TOutput> RunAsync(WorkflowContext context, TInput input);
}
