using Dapr.Workflow;
using Dapr.Workflow.Protocol;
using Microsoft.Extensions.Logging;

namespace DaprMoE.WorkflowRuntime.Tests;

public sealed class TurnTests
{
    private static readonly HistoryEvent Suspended = new() { EventId = -1, ExecutionSuspended = new ExecutionSuspendedEvent() };
    private static readonly HistoryEvent Resumed = new() { EventId = -1, ExecutionResumed = new ExecutionResumedEvent() };

    [Fact]
    public void Run_FanOut_AsksForNoMoreThanAllowedAtOnce()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) => string.Join(",", await context.ProcessInParallelAsync(
            Enumerable.Range(0, 7), number => context.CallActivityAsync<int>("square", number), maxConcurrency: 3)));
        Assert.Equal([0, 1, 2], Ids(run.Begin()));
        Assert.Equal([3], Ids(run.Complete(1, "1")));
        Assert.Equal([4], Ids(run.Complete(2, "4")));
        Assert.Equal([5], Ids(run.Complete(0, "0")));
        Assert.Equal([6], Ids(run.Complete(5, "25")));
        Assert.Empty(run.Complete(6, "36").Actions);
        Assert.Empty(run.Complete(3, "9").Actions);
        Assert.Equal("\"0,1,4,9,16,25,36\"", End(run.Complete(4, "16")).Result);
    }

    [Fact]
    public void Run_FanOutWithFailures_WaitsForAllAndHoldsAll()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            AggregateException failures = await Assert.ThrowsAsync<AggregateException>(() => context.ProcessInParallelAsync(
                [1, 2, 3], number => context.CallActivityAsync<int>("square", number)));
            IEnumerable<WorkflowTaskFailedException> all = failures.InnerExceptions.Cast<WorkflowTaskFailedException>();
            return string.Join(",", all.Select(failure => failure.FailureDetails.ErrorMessage));
        });
        run.Begin();
        Assert.Empty(run.Fail(0, "a").Actions);
        Assert.Empty(run.Complete(1, "4").Actions);
        Assert.Equal("\"a,c\"", End(run.Fail(2, "c")).Result);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Run_ActivityFails_IsRepeatedUnlessItSaysThatThisIsInVain(bool isNonRetriable, int timers)
    {
        WorkflowTaskOptions options = new(new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(2)));
        TestRun run = LambdaWorkflow.Run((context, _) => context.CallActivityAsync<string?>("a", null, options));
        run.Begin();
        Assert.Equal(timers, run.Fail(0, "no", isNonRetriable).Actions.Count(action => action.CreateTimer is not null));
    }

    [Fact]
    public void Run_RetryTimeout_BeginsNoLaterAttempt()
    {
        WorkflowRetryPolicy policy = new(9, TimeSpan.FromSeconds(2), retryTimeout: TimeSpan.FromSeconds(5));
        TestRun run = LambdaWorkflow.Run((context, _) => context.CallActivityAsync<string?>("a", null, new WorkflowTaskOptions(policy)));
        run.Begin();
        run.PassTime(TimeSpan.FromSeconds(2));
        Assert.NotNull(Assert.Single(run.Fail(0, "no").Actions).CreateTimer);
        run.PassTime(TimeSpan.FromSeconds(2));
        Assert.Equal("a", Assert.Single(run.Fire(1).Actions).ScheduleTask.Name);
        Assert.Equal("Activity 'a' failed: still no", End(run.Fail(2, "still no")).FailureDetails.ErrorMessage);
    }

    [Fact]
    public void Run_Timer_FiresAtTheClockOfTheTurn()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            return (context.CurrentUtcDateTime - before).ToString();
        });
        Assert.Equal(new DateTime(2026, 1, 1, 12, 1, 0), run.Begin().Actions[0].CreateTimer.FireAt.ToDateTime());
        run.PassTime(TimeSpan.FromSeconds(61));
        Assert.Equal("\"00:01:01\"", End(run.Fire(0)).Result);
    }

    [Fact]
    public void Run_CancelledTimer_IsForgottenAndItsEndIgnored()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            using CancellationTokenSource given = new();
            Task timer = context.CreateTimer(TimeSpan.FromHours(1), given.Token);
            await context.CallActivityAsync("a");
            given.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
            await context.CallActivityAsync("b");
            return "done";
        });
        run.Begin();
        Assert.Equal("b", Assert.Single(run.Complete(1, null).Actions).ScheduleTask.Name);
        Assert.Empty(run.Fire(0).Actions);
        Assert.Equal("\"done\"", End(run.Complete(2, null)).Result);
    }

    [Fact]
    public void Run_CustomStatus_IsSentWithEachTurn()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            context.SetCustomStatus(new { Step = 1 });
            await context.CallActivityAsync("a");
            await context.CallActivityAsync("b");
            context.SetCustomStatus(null);
            return null;
        });
        Assert.Equal("""{"step":1}""", run.Begin().CustomStatus);
        Assert.Equal("""{"step":1}""", run.Complete(0, null).CustomStatus);
        Assert.Null(run.Complete(1, null).CustomStatus);
    }

    [Fact]
    public void Run_NewGuid_IsTheSameInEachTurnAndAnotherEachTime()
    {
        List<Guid> seen = [];
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            seen.Add(context.NewGuid());
            seen.Add(context.NewGuid());
            await context.CallActivityAsync("a");
            return null;
        });
        run.Begin();
        run.Complete(0, null);
        Assert.Equal(4, seen.Count);
        Assert.Equal(seen[..2], seen[2..]);
        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(8, seen[0].Version);
    }

    [Fact]
    public void Run_Replay_IsSeenByTheCode()
    {
        List<bool> replaying = [];
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            replaying.Add(context.IsReplaying);
            await context.CallActivityAsync("a");
            replaying.Add(context.IsReplaying);
            return null;
        });
        run.Begin();
        run.Complete(0, null);
        Assert.Equal([false, true, false], replaying);
    }

    [Fact]
    public void Run_Suspended_AsksForNothingUntilItIsResumed()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            context.SetCustomStatus("on");
            await context.CallActivityAsync("a");
            return await context.CallActivityAsync<string?>("b");
        });
        run.Begin();
        WorkflowResponse paused = run.Turn(Suspended);
        Assert.Empty(paused.Actions);
        Assert.Equal("\"on\"", paused.CustomStatus);
        Assert.Empty(run.Complete(0, null).Actions);
        Assert.Equal("b", Assert.Single(run.Turn(Resumed).Actions).ScheduleTask.Name);
        Assert.Equal("\"x\"", End(run.Complete(1, "\"x\"")).Result);
    }

    [Fact]
    public void Run_SuspendedInTheTurnOfAnEnd_GoesOnWhenResumed()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            await context.CallActivityAsync("a");
            return await context.CallActivityAsync<string?>("b");
        });
        run.Begin();
        HistoryEvent done = new() { EventId = -1, TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0 } };
        Assert.Empty(run.Turn(done, Suspended).Actions);
        Assert.Equal("b", Assert.Single(run.Turn(Resumed).Actions).ScheduleTask.Name);
    }

    [Fact]
    public void Run_Terminated_EndsWithThatAlone()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) => await context.CallActivityAsync<string?>("a"));
        run.Begin();
        WorkflowResponse response = run.Turn(
            new HistoryEvent { EventId = -1, ExecutionTerminated = new ExecutionTerminatedEvent { Input = "\"enough\"" } },
            new HistoryEvent { EventId = -1, TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0 } });
        Assert.Equal((OrchestrationStatus.Terminated, "\"enough\""), (End(response).WorkflowStatus, End(response).Result));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("\"x\"", "\"x\"")]
    public void Run_Input_MayBeEmptyOrAbsent(string? input, string? result) =>
        Assert.Equal(result, End(LambdaWorkflow.Run((_, given) => Task.FromResult(given), input).Begin()).Result);

    [Fact]
    public void Run_InputOfAnotherType_Fails()
    {
        TestRun run = LambdaWorkflow.Run((_, given) => Task.FromResult(given), "{}");
        Assert.Equal(OrchestrationStatus.Failed, End(run.Begin()).WorkflowStatus);
    }

    [Fact]
    public void Run_LoggerWhileReplaying_WritesNothing()
    {
        ListLoggers loggers = new();
        TestRun run = new(options => options.RegisterWorkflow<Logging>(), nameof(Logging), input: null, loggers);
        run.Begin();
        run.Complete(0, null);
        Assert.Equal(["before", "after"], loggers.Lines);
    }

    private static IEnumerable<int> Ids(WorkflowResponse response) => response.Actions.Select(action => action.Id);

    private static CompleteWorkflowAction End(WorkflowResponse response) => Assert.Single(response.Actions).CompleteWorkflow;

    private sealed class Logging : Workflow<string?, string?>
    {
        public override async Task<string?> RunAsync(WorkflowContext context, string? input)
        {
            ILogger logger = context.CreateReplaySafeLogger<Logging>();
            logger.Log(LogLevel.Information, default, "before", exception: null, (text, _) => text);
            await context.CallActivityAsync("a");
            logger.Log(LogLevel.Information, default, "after", exception: null, (text, _) => text);
            return null;
        }
    }

    private sealed class ListLoggers : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
