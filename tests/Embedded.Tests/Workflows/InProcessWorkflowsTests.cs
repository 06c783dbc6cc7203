using System.Globalization;
using DaprMoE.Ports;

namespace DaprMoE.Embedded.Tests.Workflows;

public sealed class InProcessWorkflowsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FanOut_SumsAndNeverRunsMoreThanAllowed()
    {
        await using Runner runner = new();
        WorkflowRun run = await runner.RunAsync<SumSquares>(new Sums([.. Enumerable.Range(1, 40)], AtOnce: 3));
        Assert.Equal((WorkflowRunStatus.Completed, "22140"), (run.Status, run.Output));
        Assert.Equal(40, runner.Log.Lines.Count);
        Assert.DoesNotContain("4 at once", runner.Log.Lines);
    }

    [Fact]
    public async Task Run_MoreActivitiesThanPlaces_WaitForOne()
    {
        await using Runner runner = new(options: new InProcessWorkflowOptions { MaxActivities = 1 });
        WorkflowRun run = await runner.RunAsync<SumSquares>(new Sums([1, 2, 3, 4], AtOnce: 4));
        Assert.Equal("30", run.Output);
        Assert.All(runner.Log.Lines, line => Assert.Equal("1 at once", line));
    }

    [Fact]
    public async Task Run_ActivityFailsTwice_IsRepeatedNotBeforeOneAndTwoSeconds()
    {
        await using Runner runner = new();
        runner.Log.Failures = 2;
        WorkflowRun run = await runner.RunAsync<Retrying>(3);
        Assert.Equal("\"done\"", run.Output);
        TimeSpan[] attempts = [.. runner.Log.Lines.Select(line => TimeSpan.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(3, attempts.Length);
        Assert.True(attempts[1] - attempts[0] >= TimeSpan.FromSeconds(1), $"{attempts[0]} {attempts[1]}");
        Assert.True(attempts[2] - attempts[1] >= TimeSpan.FromSeconds(2), $"{attempts[1]} {attempts[2]}");
    }

    [Fact]
    public async Task Run_ActivityFailsTooOften_FailsWithItsMessage()
    {
        await using Runner runner = new();
        runner.Log.Failures = 9;
        WorkflowRun run = await runner.RunAsync<Retrying>(2);
        Assert.Equal(WorkflowRunStatus.Failed, run.Status);
        Assert.Contains("'FlakyActivity' failed: not yet", run.Failure, StringComparison.Ordinal);
        Assert.Equal(2, runner.Log.Lines.Count);
    }

    [Fact]
    public async Task Run_Timer_TakesItsTimeAndShowsItsStatus()
    {
        await using Runner runner = new();
        Assert.True(await runner.Workflows.StartAsync("Sleeper", "run", 60, Cancellation));
        WorkflowRun run = await runner.EndAsync();
        Assert.True(double.Parse(run.Output!, CultureInfo.InvariantCulture) >= 60, run.Output);
        Assert.Equal("\"asleep\"", run.CustomStatus);
    }

    [Fact]
    public async Task Run_Children_GiveOutputAndFailure()
    {
        await using Runner runner = new();
        WorkflowRun run = await runner.RunAsync<Parent>(3);
        Assert.Equal("\"14, NotSupportedException: no\"", run.Output);
    }

    [Fact]
    public async Task Run_UnknownActivity_FailsWithTheRegisteredOnes()
    {
        await using Runner runner = new();
        WorkflowRun run = await runner.RunAsync<CallsNobody>("x");
        Assert.Contains("no activity 'Nobody'; registered are FlakyActivity, GatedActivity", run.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ActivityBeyondItsDeadline_HasFailed()
    {
        await using Runner runner = new(options: new InProcessWorkflowOptions { ActivityTimeout = TimeSpan.FromSeconds(30) });
        WorkflowRun run = await runner.RunAsync<Gated>("a");
        Assert.Contains("'GatedActivity' of run 'run' did not end within 00:00:30", run.Failure, StringComparison.Ordinal);
        Assert.Equal(["gate a", "note compensated"], runner.Log.Lines);
    }

    [Fact]
    public async Task Run_BeyondItsDeadline_HasFailed()
    {
        await using Runner runner = new(options: new InProcessWorkflowOptions { RunTimeout = TimeSpan.FromSeconds(30) });
        WorkflowRun run = await runner.RunAsync<Sleeper>(3600);
        Assert.Equal(WorkflowRunStatus.Failed, run.Status);
        Assert.Contains("did not end within 00:00:30", run.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IdUnderWay_StartsNothing()
    {
        await using Runner runner = new();
        Assert.True(await runner.Workflows.StartAsync("Gated", "one", "a", Cancellation));
        Assert.False(await runner.Workflows.StartAsync("Gated", "one", "b", Cancellation));
        runner.Log.Gate.SetResult();
        Assert.Equal("\"a\"", (await runner.EndAsync("one")).Output);
        Assert.True(await runner.Workflows.StartAsync("Gated", "one", "c", Cancellation));
        Assert.Equal("\"c\"", (await runner.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Start_TooManyRuns_IsRefusedWithTheNumber()
    {
        await using Runner runner = new(options: new InProcessWorkflowOptions { MaxRuns = 1 });
        await runner.Workflows.StartAsync("Gated", "one", "a", Cancellation);
        WorkflowStartException refusal = await Assert.ThrowsAsync<WorkflowStartException>(
            () => runner.Workflows.StartAsync("Gated", "two", "b", Cancellation));
        Assert.Contains("1 runs are under way", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nobody", "one", "no workflow 'Nobody'")]
    [InlineData("Gated", "a b", "'a b' can't name")]
    [InlineData("Gated", "", "'' can't name")]
    public async Task Start_UnknownNameOrBadId_IsRefusedByName(string workflow, string id, string message)
    {
        await using Runner runner = new();
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => runner.Workflows.StartAsync(workflow, id, null, Cancellation));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_UnderWay_EndsWithoutCompensation()
    {
        await using Runner runner = new();
        await runner.Workflows.StartAsync("Gated", "run", "a", Cancellation);
        await runner.Log.AtGate.Task.WaitAsync(Cancellation);
        await runner.Workflows.TerminateAsync("run", Cancellation);
        Assert.Equal(WorkflowRunStatus.Terminated, (await runner.EndAsync()).Status);
        runner.Log.Gate.SetResult();
        await runner.RunAsync<SumSquares>(new Sums([1], 1), "other");
        Assert.Equal(["gate a", "1 at once"], runner.Log.Lines);
    }

    [Fact]
    public async Task Resume_RunCutOff_BeginsAgainFromItsInput()
    {
        Runner first = new();
        await first.Workflows.StartAsync("Gated", "run", "a", Cancellation);
        await first.Log.AtGate.Task.WaitAsync(Cancellation);
        await first.DisposeAsync();

        await using Runner second = new(first.State);
        Assert.Equal(1, await second.Workflows.ResumeAsync(Cancellation));
        second.Log.Gate.SetResult();
        Assert.Equal("\"a\"", (await second.EndAsync()).Output);
        Assert.Equal(["gate a", "note a"], second.Log.Lines);

        await using Runner third = new(first.State);
        Assert.Equal(0, await third.Workflows.ResumeAsync(Cancellation));
    }

    [Fact]
    public async Task Resume_StateThatIsNoList_IsRefusedByName()
    {
        await using Runner runner = new();
        await runner.State.SetAsync(OpenRuns.Key, "nonsense"u8.ToArray(), Cancellation);
        StateStoreException refusal = await Assert.ThrowsAsync<StateStoreException>(() => runner.Workflows.ResumeAsync(Cancellation));
        Assert.Contains("'workflow-runs' holds no list", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EndedLongAgo_IsForgotten()
    {
        await using Runner runner = new(options: new InProcessWorkflowOptions { KeptRuns = 1 });
        await runner.RunAsync<SumSquares>(new Sums([1], 1), "first");
        await runner.RunAsync<SumSquares>(new Sums([2], 1), "second");
        Assert.Null(await runner.Workflows.GetAsync("first", Cancellation));
        Assert.Equal("4", (await runner.Workflows.GetAsync("second", Cancellation))!.Output);
    }
}
