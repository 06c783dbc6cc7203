namespace DaprMoE.Workflows.Tests;

/// <summary>The process that rolls out is killed at every single call of a port, before and after its effect, and started again.</summary>
public sealed class KilledRolloutTests
{
    /// <summary>The one before is that of the start, which has not returned yet.</summary>
    private const int FirstCall = 2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task RollOut_KilledAtEachCall_EndsWithPlanB(bool killAfter) =>
        KillAtEachAsync(killAfter, _ => null, (RolloutOutcome.Done, Cluster.HeldByB));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task TakeBack_KilledAtEachCall_EndsWithPlanA(bool killAfter) =>
        KillAtEachAsync(
            killAfter,
            name => name == "plan b" ? new InvalidOperationException("b is away") : null,
            (RolloutOutcome.TakenBack, Cluster.HeldByA));

    private static async Task KillAtEachAsync(
        bool killAfter, Func<string, Exception?> fault, (RolloutOutcome Outcome, string[] Held) expected)
    {
        int calls = await CallsAsync(fault);
        Assert.True(calls > 20, $"There are only {calls} calls.");
        ParallelOptions some = new() { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(FirstCall, calls - 1), some, async (at, _) => await KillOnceAsync(at, killAfter, fault, expected));
    }

    /// <summary>Calls of a rollout that nobody kills.</summary>
    private static async Task<int> CallsAsync(Func<string, Exception?> fault)
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        orchestrator.Calls.Fault = fault;
        await orchestrator.RollOutAsync(await cluster.ProposeBAsync());
        return orchestrator.Calls.Log.Count;
    }

    private static async Task KillOnceAsync(
        int at, bool killAfter, Func<string, Exception?> fault, (RolloutOutcome Outcome, string[] Held) expected)
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        long version = await cluster.ProposeBAsync();
        await using (Orchestrator first = new(cluster))
        {
            (first.Calls.KillAt, first.Calls.KillAfter, first.Calls.Fault) = (at, killAfter, fault);
            await first.StartAsync(version);
            await first.EndAsync(version);
        }

        await using Orchestrator second = new(cluster);
        second.Calls.Fault = fault;
        await second.ResumeAsync();
        RolloutResult? result = await second.EndAsync(version);
        // A rollout that had been taken back and forgotten finds the plan before in force under a newer version.
        bool isForgotten = expected.Outcome == RolloutOutcome.TakenBack && result?.Outcome == RolloutOutcome.Superseded;
        Assert.True(result is null || result.Outcome == expected.Outcome || isForgotten, $"killed at call {at}: {result}");
        await cluster.AssertSettledAsync(version, expected.Held);
    }
}
