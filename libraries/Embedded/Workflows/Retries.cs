using Dapr.Workflow;

namespace DaprMoE.Embedded;

/// <summary>Follows a retry policy.</summary>
/// <param name="policy">The policy; null: one attempt.</param>
/// <param name="startedAt">When the first attempt began.</param>
internal sealed class Retries(WorkflowRetryPolicy? policy, DateTime startedAt)
{
    private int _attempts;

    /// <summary>The time before the next attempt; null when there is none.</summary>
    /// <param name="now">When the last attempt failed.</param>
    public TimeSpan? After(DateTime now)
    {
        _attempts++;
        if (policy is null || _attempts >= policy.MaxNumberOfAttempts)
        {
            return null;
        }

        TimeSpan longest = policy.MaxRetryInterval ?? TimeSpan.MaxValue;
        double ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, _attempts - 1);
        TimeSpan delay = ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
        bool isTooLate = policy.RetryTimeout != Timeout.InfiniteTimeSpan && now + delay - startedAt > policy.RetryTimeout;
        return isTooLate ? null : delay;
    }
}
