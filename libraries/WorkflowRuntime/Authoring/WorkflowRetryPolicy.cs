namespace Dapr.Workflow;

/// <summary>How often a failed call is repeated, and after which times.</summary>
public class WorkflowRetryPolicy
{
    /// <param name="maxNumberOfAttempts">Calls in all, the first one included; at least 1.</param>
    /// <param name="firstRetryInterval">Time between the first failure and the second call; above 0.</param>
    /// <param name="backoffCoefficient">What the time is multiplied with after each further failure; at least 1.</param>
    /// <param name="maxRetryInterval">Longest time between calls, at least the first; null: one hour.</param>
    /// <param name="retryTimeout">No call is begun later than this after the first; null: no such limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public WorkflowRetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        TimeSpan longest = maxRetryInterval ?? TimeSpan.FromHours(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, firstRetryInterval, nameof(maxRetryInterval));
        TimeSpan timeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, firstRetryInterval, nameof(retryTimeout));
        }

        (MaxNumberOfAttempts, FirstRetryInterval, BackoffCoefficient) = (maxNumberOfAttempts, firstRetryInterval, backoffCoefficient);
        (MaxRetryInterval, RetryTimeout) = (longest, timeout);
    }

    /// <summary>Calls in all, the first one included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>Time between the first failure and the second call.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What the time is multiplied with after each further failure.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>Longest time between calls.</summary>
    public TimeSpan? MaxRetryInterval { get; }

    /// <summary>No call is begun later than this after the first; <see cref="Timeout.InfiniteTimeSpan"/>: no such limit.</summary>
    public TimeSpan RetryTimeout { get; }
}
