using System.Diagnostics;
using Dapr.Workflow;
using Dapr.Workflow.Protocol;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.WorkflowRuntime.Tests;

public sealed class WorkflowWorkerTests : IAsyncLifetime
{
    private readonly FakeSidecar _sidecar = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private WorkflowWorker _worker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WorkflowRuntimeOptions options = new();
        options.RegisterWorkflow<OneCall>();
        options.RegisterActivity<Greeting>();
        options.RegisterActivity<Broken>();
        WorkflowRegistry registry = new(options);
        IServiceScopeFactory scopes = _services.GetRequiredService<IServiceScopeFactory>();
        _worker = new WorkflowWorker(
            new SidecarConnection(new Uri("http://sidecar"), _sidecar),
            new TurnHandler(registry, scopes, NullLoggerFactory.Instance),
            new ActivityHandler(registry, scopes),
            _clock,
            NullLogger<WorkflowWorker>.Instance);
        await _worker.StartAsync(Cancellation);
        await UntilAsync(() => _sidecar.Streams == 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(CancellationToken.None);
        _worker.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Turn_Given_IsCompletedWithItsTokenAndTargetApp()
    {
        ExecutionStartedEvent begin = new() { Name = nameof(OneCall), Input = "\"x\"" };
        WorkItem item = new() { WorkflowRequest = new WorkflowRequest { InstanceId = "run" }, CompletionToken = "token" };
        item.WorkflowRequest.NewEvents.Add(new HistoryEvent { EventId = -1, ExecutionStarted = begin });
        _sidecar.Give(item);
        WorkflowResponse response = await _sidecar.NextAsync<WorkflowResponse>();
        Assert.Equal(("run", "token"), (response.InstanceId, response.CompletionToken));
        WorkflowAction action = Assert.Single(response.Actions);
        Assert.Equal((nameof(Greeting), "\"x\""), (action.ScheduleTask.Name, action.ScheduleTask.Input));
        Assert.Equal("other", action.Router.TargetAppID);
    }

    [Fact]
    public async Task Activity_Given_RunsInTheTraceOfItsParent()
    {
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Dapr.Workflow",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        WorkItem item = Call(nameof(Greeting));
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        item.ActivityRequest.ParentTraceContext = new TraceContext { TraceParent = $"00-{Trace}-b7ad6b7169203331-01" };
        _sidecar.Give(item);
        ActivityResponse response = await _sidecar.NextAsync<ActivityResponse>();
        Assert.Equal(("run", 7), (response.InstanceId, response.TaskId));
        Assert.Equal($"\"run greets you in {Trace}\"", response.Result);
    }

    [Theory]
    [InlineData(nameof(Broken), "broken")]
    [InlineData("Nobody", "There is no activity 'Nobody' in this app; registered are Broken, Greeting.")]
    public async Task Activity_Failing_IsCompletedWithTheFailure(string name, string message)
    {
        _sidecar.Give(Call(name));
        ActivityResponse response = await _sidecar.NextAsync<ActivityResponse>();
        Assert.Null(response.Result);
        Assert.Equal("System.InvalidOperationException", response.FailureDetails.ErrorType);
        Assert.Equal(message, response.FailureDetails.ErrorMessage);
        Assert.Equal(name == nameof(Broken) ? "inside" : null, response.FailureDetails.InnerFailure?.ErrorMessage);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.Unavailable)]
    public async Task Stream_EndsInWhicheverWay_IsOpenedAgain(StatusCode? code)
    {
        _sidecar.EndStream(code);
        await UntilAsync(() => _sidecar.Streams == 2);
        _sidecar.Give(Call(nameof(Greeting)));
        Assert.NotNull((await _sidecar.NextAsync<ActivityResponse>()).Result);
    }

    [Fact]
    public async Task Stream_SidecarGivesNoSignOfLife_IsOpenedAgain()
    {
        bool isBack = false;
        // The one that opened the stream was answered; the next one is not.
        _sidecar.Fault = method => method == "Hello" && _sidecar.Streams == 1 && !isBack ? StatusCode.DeadlineExceeded : null;
        await UntilAsync(() => isBack || (isBack = _sidecar.Hellos > 1));
        await UntilAsync(() => _sidecar.Streams == 2);
    }

    [Fact]
    public async Task Completion_FailsOnce_IsRepeated()
    {
        int tries = 0;
        _sidecar.Fault = method => method == "CompleteActivityTask" && tries++ == 0 ? StatusCode.Unknown : null;
        _sidecar.Give(Call(nameof(Greeting)));
        await _sidecar.NextAsync<ActivityResponse>();
        await UntilAsync(() => tries == 2);
        Assert.Equal(1, _sidecar.Streams);
    }

    [Fact]
    public async Task Completion_AlwaysFails_EndsTheStreamSoThatTheItemComesAgain()
    {
        _sidecar.Fault = method => method == "CompleteActivityTask" ? StatusCode.Unknown : null;
        _sidecar.Give(Call(nameof(Greeting)));
        await UntilAsync(() => _sidecar.Streams == 2);
    }

    private static WorkItem Call(string activity) => new()
    {
        ActivityRequest = new ActivityRequest
        {
            Name = activity,
            Input = "\"you\"",
            TaskId = 7,
            WorkflowInstance = new WorkflowInstance { InstanceId = "run" },
        },
    };

    /// <summary>Lets time pass until the condition holds.</summary>
    private async Task UntilAsync(Func<bool> condition)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "It does not come true.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), Cancellation);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }
}
