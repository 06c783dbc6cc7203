using System.Net;
using DaprMoE.Ports;

namespace DaprMoE.Sidecar.Tests;

public sealed class OrchestratorStarterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.Created, true)]
    [InlineData(HttpStatusCode.Conflict, false)]
    public async Task Start_Run_TellsWhetherItWasStarted(HttpStatusCode status, bool expected)
    {
        using FakeOrchestrator orchestrator = new(status, "");
        Assert.Equal(expected, await Starter(orchestrator).StartAsync("PlanRollout", "rollout-7", new { Version = 7 }, Cancel));
        Assert.Equal(
            """POST /workflow-runs/rollout-7 {"workflow":"PlanRollout","input":{"version":7}}""", orchestrator.Request);
    }

    [Fact]
    public async Task Start_UnknownWorkflow_IsTheCallersFault()
    {
        using FakeOrchestrator orchestrator = new(
            HttpStatusCode.NotFound, """{"detail":"There is no workflow 'X'; there is PlanRollout."}""");
        ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(
            () => Starter(orchestrator).StartAsync("X", "x", null, Cancel));
        Assert.Contains("there is PlanRollout", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "", "does not reach 'orchestrator'")]
    [InlineData(503, """{"detail":"256 runs are kept."}""", "256 runs are kept.")]
    [InlineData(500, """{"errorCode":"ERR_DIRECT_INVOKE","message":"fail to invoke, id: orchestrator"}""", "fail to invoke")]
    [InlineData(500, "not json", "status 500")]
    [InlineData(401, "", "status 401")]
    public async Task AnyCall_ThatDoesNotGetThere_IsSaidInOneSentence(int status, string body, string expected)
    {
        using FakeOrchestrator orchestrator = new((HttpStatusCode)status, body);
        OrchestratorStarter starter = Starter(orchestrator);
        Func<Task>[] calls =
        [
            () => starter.StartAsync("PlanRollout", "r", null, Cancel), () => starter.GetAsync("r", Cancel),
            () => starter.TerminateAsync("r", Cancel),
        ];
        foreach (Func<Task> call in calls)
        {
            WorkflowStartException fault = await Assert.ThrowsAsync<WorkflowStartException>(call);
            Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_Run_ReadsIt()
    {
        WorkflowRun run = new("r", "PlanRollout", WorkflowRunStatus.Failed, "\"Warm\"", Failure: "b is away");
        using FakeOrchestrator orchestrator = new(
            HttpStatusCode.OK, System.Text.Json.JsonSerializer.Serialize(run, System.Text.Json.JsonSerializerOptions.Web));
        Assert.Equal(run, await Starter(orchestrator).GetAsync("r", Cancel));
        Assert.Equal("GET /workflow-runs/r", orchestrator.Request);
    }

    [Fact]
    public async Task Get_UnknownRun_IsNull()
    {
        using FakeOrchestrator orchestrator = new(HttpStatusCode.NotFound, "");
        Assert.Null(await Starter(orchestrator).GetAsync("r", Cancel));
    }

    [Fact]
    public async Task Terminate_Run_GoesToIt()
    {
        using FakeOrchestrator orchestrator = new(HttpStatusCode.NoContent, "");
        await Starter(orchestrator).TerminateAsync("r", Cancel);
        Assert.Equal("POST /workflow-runs/r/terminate", orchestrator.Request);
    }

    [Fact]
    public async Task AnyCall_IdThatIsAPath_IsRefused()
    {
        using FakeOrchestrator orchestrator = new(HttpStatusCode.OK, "");
        await Assert.ThrowsAsync<ArgumentException>(() => Starter(orchestrator).GetAsync("../v1.0", Cancel));
        Assert.Null(orchestrator.Request);
    }

    [Fact]
    public async Task Start_CallerCancels_IsCancelled()
    {
        using FakeOrchestrator orchestrator = new(0, "");
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Starter(orchestrator).StartAsync("W", "r", null, cancelled.Token));
    }

    private static OrchestratorStarter Starter(FakeOrchestrator orchestrator) => new(
        new HttpClient(orchestrator) { BaseAddress = new Uri("http://orchestrator") }, "orchestrator", TimeProvider.System);
}
