using System.Diagnostics;
using Dapr.Workflow;
using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.WorkflowRuntime.Tests;

public sealed class DaprWorkflowClientTests : IAsyncDisposable
{
    private readonly FakeSidecar _sidecar = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly DaprWorkflowClient _client;

    public DaprWorkflowClientTests() =>
        _client = new DaprWorkflowClient(new SidecarConnection(new Uri("http://sidecar"), _sidecar), _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Schedule_WithoutId_MakesOne(string? id)
    {
        string made = await _client.ScheduleNewWorkflowAsync("w", id, new { Version = 3 });
        CreateInstanceRequest request = await _sidecar.NextAsync<CreateInstanceRequest>();
        Assert.Equal(made, request.InstanceId);
        Assert.Equal(32, made.Length);
        Assert.Equal(("w", """{"version":3}"""), (request.Name, request.Input));
        Assert.Null(request.ScheduledStartTimestamp);
    }

    [Fact]
    public async Task Schedule_WithinATrace_HandsItOn()
    {
        using Activity activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        await _client.ScheduleNewWorkflowAsync("w", "id", null, _clock.GetUtcNow().AddHours(1), Cancellation);
        CreateInstanceRequest request = await _sidecar.NextAsync<CreateInstanceRequest>();
        Assert.Equal(activity.Id, request.ParentTraceContext.TraceParent);
        Assert.Equal(_clock.GetUtcNow().AddHours(1), request.ScheduledStartTimestamp.ToDateTimeOffset());
        Assert.Null(request.Input);
    }

    [Fact]
    public async Task Wait_StoreCannotBeReadForAMoment_GoesOnToTheEnd()
    {
        int calls = 0;
        _sidecar.Fault = method => method == "GetInstance" && calls++ % 3 == 1 ? StatusCode.Unknown : null;
        _sidecar.Instances.Enqueue(Instance(OrchestrationStatus.Pending));
        _sidecar.Instances.Enqueue(Instance(OrchestrationStatus.Running));
        _sidecar.Instances.Enqueue(Instance(OrchestrationStatus.Completed, output: "5"));
        Task<Dapr.Workflow.WorkflowState> waiting = _client.WaitForWorkflowCompletionAsync("id", cancellation: Cancellation);
        while (!waiting.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), Cancellation);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(5, (await waiting).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Get_PendingRun_HasTimesOfTheYearOne()
    {
        GetInstanceResponse pending = Instance(OrchestrationStatus.Pending);
        pending.WorkflowState.CreatedTimestamp = new Timestamp { Seconds = -62135596800 };
        _sidecar.Instances.Enqueue(pending);
        Dapr.Workflow.WorkflowState state = (await _client.GetWorkflowStateAsync("id", cancellation: Cancellation))!;
        Assert.Equal((WorkflowRuntimeStatus.Pending, default), (state.RuntimeStatus, state.CreatedAt));
        Assert.False(state.IsWorkflowCompleted);
        Assert.Null(state.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Get_FailedRun_SaysWhy()
    {
        GetInstanceResponse failed = Instance(OrchestrationStatus.Failed);
        failed.WorkflowState.FailureDetails = new TaskFailureDetails { ErrorType = "T", ErrorMessage = "why" };
        _sidecar.Instances.Enqueue(failed);
        Dapr.Workflow.WorkflowState state = (await _client.GetWorkflowStateAsync("id", cancellation: Cancellation))!;
        Assert.Equal("T: why", state.FailureDetails!.ToString());
    }

    [Fact]
    public async Task UnknownRun_IsNullNotPurgedAndNotWaitedFor()
    {
        _sidecar.Instances.Enqueue(new GetInstanceResponse());
        Assert.Null(await _client.GetWorkflowStateAsync("id", cancellation: Cancellation));
        Assert.False(await _client.PurgeInstanceAsync("id", Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.WaitForWorkflowCompletionAsync("id", cancellation: Cancellation));
    }

    [Fact]
    public async Task Terminate_Run_TakesItsChildrenAlong()
    {
        await _client.TerminateWorkflowAsync("id", "enough", Cancellation);
        TerminateRequest request = await _sidecar.NextAsync<TerminateRequest>();
        Assert.Equal(("id", "\"enough\"", true), (request.InstanceId, request.Output, request.Recursive));
    }

    private static GetInstanceResponse Instance(OrchestrationStatus status, string? output = null) => new()
    {
        Exists = true,
        WorkflowState = new Dapr.Workflow.Protocol.WorkflowState { WorkflowStatus = status, Output = output },
    };
}
