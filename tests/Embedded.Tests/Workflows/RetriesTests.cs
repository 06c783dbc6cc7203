using Dapr.Workflow;

namespace DaprMoE.Embedded.Tests.Workflows;

public sealed class RetriesTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void After_NoPolicy_EndsAtOnce() => Assert.Null(new Retries(policy: null, Start).After(Start));

    [Fact]
    public void After_Backoff_GrowsToTheLongestAndEndsWithTheAttempts()
    {
        Retries retries = new(new WorkflowRetryPolicy(5, TimeSpan.FromSeconds(1), 3, TimeSpan.FromSeconds(5)), Start);
        Assert.Equal([1, 3, 5, 5, null], Enumerable.Range(0, 5).Select(_ => retries.After(Start)?.TotalSeconds));
    }

    [Fact]
    public void After_RetryTimeout_BeginsNothingLater()
    {
        Retries retries = new(
            new WorkflowRetryPolicy(9, TimeSpan.FromSeconds(1), retryTimeout: TimeSpan.FromSeconds(10)), Start);
        Assert.Equal(TimeSpan.FromSeconds(1), retries.After(Start.AddSeconds(9)));
        Assert.Null(retries.After(Start.AddSeconds(9.5)));
    }
}
