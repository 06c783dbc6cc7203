namespace Dapr.Workflow;

/// <summary>Bounded fan-out.</summary>
public static class ParallelExtensions
{
    /// <summary>Runs one task for each input, no more than some at once, and waits for all.</summary>
    /// <typeparam name="TInput">Type of an input.</typeparam>
    /// <typeparam name="TResult">Type of a result.</typeparam>
    /// <param name="context">The run.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="taskFactory">Begins the task of an input; called in the inputs' order.</param>
    /// <param name="maxConcurrency">Most tasks at once, at least 1.</param>
    /// <returns>The results, in the inputs' order.</returns>
    /// <exception cref="AggregateException">Tasks failed; it holds all their exceptions. The others ran to their ends.</exception>
    public static async Task<TResult[]> ProcessInParallelAsync<TInput, TResult>(
        this WorkflowContext context, IEnumerable<TInput> inputs, Func<TInput, Task<TResult>> taskFactory, int maxConcurrency = 5)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(taskFactory);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);

        List<Task<TResult>> all = [];
        List<Task<TResult>> running = [];
        foreach (TInput input in inputs)
        {
            if (running.Count == maxConcurrency)
            {
                running.Remove(await Task.WhenAny(running));
            }

            Task<TResult> task = taskFactory(input);
            all.Add(task);
            running.Add(task);
        }

        return await AllOrFailuresAsync(all);
    }

    private static async Task<TResult[]> AllOrFailuresAsync<TResult>(List<Task<TResult>> tasks)
    {
        try
        {
            return await Task.WhenAll(tasks);
        }
        catch (Exception)
        {
            throw Failures(tasks);
        }
    }

    private static AggregateException Failures<TResult>(List<Task<TResult>> tasks)
    {
        List<Exception> failures = [.. tasks.Where(task => !task.IsCompletedSuccessfully).Select(Failure)];
        return new AggregateException($"{failures.Count} of {tasks.Count} parallel tasks failed.", failures);
    }

    private static Exception Failure(Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);
}
