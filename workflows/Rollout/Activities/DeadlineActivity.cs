using Dapr.Workflow;

namespace DaprMoE.Workflows;

/// <summary>An activity with a deadline: a runner gives activities neither one nor a token.</summary>
internal abstract class DeadlineActivity<TInput, TOutput>(TimeProvider time) : WorkflowActivity<TInput, TOutput>
{
    /// <summary>Longest time of one attempt.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public sealed override async Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input)
    {
        using CancellationTokenSource deadline = new(Deadline, time);
        try
        {
            return await RunAsync(input, deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"{GetType().Name} of {input} did not end within {Deadline.TotalSeconds} s.");
        }
    }

    protected abstract Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken);
}
