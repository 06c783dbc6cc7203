using Dapr.Workflow;
using DaprMoE.WorkflowProbe;
using Grpc.Core;

namespace DaprMoE.Dapr.Tests;

/// <summary>The worker of libraries/WorkflowRuntime on a real sidecar.</summary>
public sealed class WorkerTests(ControlPlane controlPlane)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Everything_CompletesOnARealSidecar()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        using Sidecar sidecar = await controlPlane.StartSidecarAsync("everything");
        using ChildProcess worker = StartWorker(sidecar);
        await using ClientHost client = await ClientHost.StartAsync(sidecar);
        string id = await client.Client.ScheduleNewWorkflowAsync(nameof(Everything), instanceId: null, input: 10);
        WorkflowState state = await WaitAsync(client, id, sidecar, worker);
        EverythingResult result = state.ReadOutputAs<EverythingResult>()!;
        Assert.Equal((385, "attempt 3"), (result.Sum, result.Retried));
        Assert.Contains("no activity 'Nobody'", result.Failure, StringComparison.Ordinal);
        Assert.NotEqual(Guid.Empty, result.Id);
        Assert.True(result.Milliseconds >= 300, $"{result.Milliseconds}");
        Assert.Equal(10, state.ReadInputAs<int>());
        Assert.Equal(10, new Journal(sidecar.Journal).Read().Count(line => line.StartsWith("square", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_WorkerKilledBetweenSteps_GoesOnInTheNextWorker()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        using Sidecar sidecar = await controlPlane.StartSidecarAsync("killed");
        Journal journal = new(sidecar.Journal);
        await using ClientHost client = await ClientHost.StartAsync(sidecar);
        using (ChildProcess first = StartWorker(sidecar))
        {
            await client.Client.ScheduleNewWorkflowAsync(nameof(ThreeSteps), "steps", "x");
            await Until.TrueAsync(() => journal.Read().Contains("begin 2"), () => first.Output + sidecar.Process.Output);
            WorkflowState running = (await client.Client.GetWorkflowStateAsync("steps", cancellation: Cancellation))!;
            Assert.Equal((true, "step 2"), (running.IsWorkflowRunning, running.ReadCustomStatusAs<string>()));
            first.Kill();
        }

        journal.OpenGate();
        using ChildProcess second = StartWorker(sidecar);
        WorkflowState state = await WaitAsync(client, "steps", sidecar, second);
        Assert.Equal(["did 1", "did 2", "did 3"], state.ReadOutputAs<string[]>()!);
        Assert.Equal(["begin 1", "end 1", "begin 2", "begin 2", "end 2", "begin 3", "end 3"], journal.Read());
    }

    [Fact]
    public async Task Terminate_Running_EndsAndCanBePurged()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        using Sidecar sidecar = await controlPlane.StartSidecarAsync("managed");
        using ChildProcess worker = StartWorker(sidecar);
        await using ClientHost client = await ClientHost.StartAsync(sidecar);
        await client.Client.ScheduleNewWorkflowAsync(nameof(Sleeper), "sleeper", 3600);
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            () => client.Client.ScheduleNewWorkflowAsync(nameof(Sleeper), "sleeper", 1));
        Assert.Contains("already exists", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.False(await client.Client.PurgeInstanceAsync("sleeper", Cancellation));
        await client.Client.TerminateWorkflowAsync("sleeper", "enough", Cancellation);
        WorkflowState state = await WaitAsync(client, "sleeper", sidecar, worker, WorkflowRuntimeStatus.Terminated);
        Assert.Equal("enough", state.ReadOutputAs<string>());
        Assert.True(await client.Client.PurgeInstanceAsync("sleeper", Cancellation));
        Assert.Null(await client.Client.GetWorkflowStateAsync("sleeper", cancellation: Cancellation));
        Assert.False(await client.Client.PurgeInstanceAsync("sleeper", Cancellation));
    }

    [Fact]
    public async Task Run_SidecarKilledAndStartedAgain_WorkerConnectsAgain()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        using Sidecar sidecar = await controlPlane.StartSidecarAsync("again");
        using ChildProcess worker = StartWorker(sidecar);
        await using ClientHost client = await ClientHost.StartAsync(sidecar);
        await client.Client.ScheduleNewWorkflowAsync(nameof(Sum), "before", new[] { 1, 2 });
        Assert.Equal(3, (await WaitAsync(client, "before", sidecar, worker)).ReadOutputAs<int>());
        sidecar.StartAgain();
        await Until.TrueAsync(() => TryScheduleAsync(client, "after"), () => sidecar.Process.Output);
        Assert.Equal(7, (await WaitAsync(client, "after", sidecar, worker)).ReadOutputAs<int>());
    }

    private static async Task<bool> TryScheduleAsync(ClientHost client, string id)
    {
        try
        {
            await client.Client.ScheduleNewWorkflowAsync(nameof(Sum), id, new[] { 3, 4 });
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }

    private static ChildProcess StartWorker(Sidecar sidecar) => new(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, typeof(Journal).Assembly.GetName().Name + ".dll"), sidecar.Journal],
        ("DAPR_GRPC_PORT", sidecar.GrpcPort));

    private static async Task<WorkflowState> WaitAsync(
        ClientHost client,
        string id,
        Sidecar sidecar,
        ChildProcess worker,
        WorkflowRuntimeStatus expected = WorkflowRuntimeStatus.Completed)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            WorkflowState state = await client.Client.WaitForWorkflowCompletionAsync(id, cancellation: deadline.Token);
            Assert.True(state.RuntimeStatus == expected, $"{state.RuntimeStatus}: {state.FailureDetails}");
            return state;
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Run '{id}' does not end.\n{worker.Output}\n{sidecar.Process.Output}");
            throw;
        }
    }
}
