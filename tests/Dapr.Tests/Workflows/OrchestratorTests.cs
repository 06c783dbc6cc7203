using System.Text.Json;
using DaprMoE.Orchestrator;
using DaprMoE.Ports;
using DaprMoE.Sidecar;
using DaprMoE.Workflows;
using DaprMoE.Workflows.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Dapr.Tests;

/// <summary>Workflows in the orchestrator, started by the autoscaler through both sidecars.</summary>
[Collection(SharedPorts.Name)]
public sealed class OrchestratorTests(SidecarPorts ports)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("set plan", false)]
    [InlineData("drain a", true)]
    public async Task PlanRollout_StartedByInvocationAndCutOffAtAStep_BringsThePlanIntoForce(string call, bool killAfter)
    {
        ports.Require();
        Sidecar sidecar = ports.Orchestrator;
        IWorkflowStarter workflows = ports.Autoscaler.Services.GetRequiredService<IWorkflowStarter>();
        await ports.Autoscaler.State.DeleteAsync(StateKeys.Plan, Cancel);
        Cluster cluster = await Cluster.WithPlanAAsync(ports.Autoscaler.State);
        long version = await cluster.ProposeBAsync();
        string id = $"rollout-{version}";
        PortCalls calls = new() { KillAtCall = call, KillAfter = killAfter };
        await using (TestService first = await StartAsync(sidecar, cluster, calls))
        {
            await Until.TrueAsync(() => TryStartAsync(workflows, id, version), () => sidecar.Process.Output);
            Assert.False(await workflows.StartAsync(WorkflowNames.PlanRollout, id, new { version }, Cancel));
            await calls.Killed.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        }

        await using TestService second = await StartAsync(sidecar, cluster, new PortCalls());
        WorkflowRun ended = await EndedAsync(workflows, id, sidecar);
        Assert.Equal(
            (WorkflowNames.PlanRollout, WorkflowRunStatus.Completed, "\"End\""), (ended.Workflow, ended.Status, ended.CustomStatus));
        Assert.Equal(RolloutOutcome.Done, Result(ended).Outcome);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
        await AssertForgottenAsync(workflows, id, sidecar);
    }

    private static async Task AssertForgottenAsync(IWorkflowStarter workflows, string id, Sidecar sidecar)
    {
        await workflows.TerminateAsync(id, Cancel);
        using HttpClient http = new();
        Uri address = new($"{sidecar.Address}/v1.0/invoke/orchestrator/method{OrchestratorApi.RunPath(id)}");
        using HttpResponseMessage purged = await http.DeleteAsync(address, Cancel);
        Assert.True(purged.IsSuccessStatusCode, await purged.Content.ReadAsStringAsync(Cancel));
        Assert.Null(await workflows.GetAsync(id, Cancel));
        ArgumentException unknown = await Assert.ThrowsAsync<ArgumentException>(() => workflows.StartAsync("Rollout", id, null, Cancel));
        Assert.Contains("there is PlanRollout", unknown.Message, StringComparison.Ordinal);
    }

    private static RolloutResult Result(WorkflowRun run) => JsonSerializer.Deserialize<RolloutResult>(run.Output!, JsonSerializerOptions.Web)!;

    /// <summary>Until the orchestrator's worker is there and its name can be resolved.</summary>
    private static async Task<bool> TryStartAsync(IWorkflowStarter workflows, string id, long version)
    {
        try
        {
            object input = new { version, grace = "00:00:00.05", evictTimeout = "00:00:20" };
            return await workflows.StartAsync(WorkflowNames.PlanRollout, id, input, Cancel);
        }
        catch (WorkflowStartException)
        {
            return false;
        }
    }

    private static async Task<WorkflowRun> EndedAsync(IWorkflowStarter workflows, string id, Sidecar sidecar)
    {
        WorkflowRun? run = null;
        await Until.TrueAsync(
            async () => (run = await workflows.GetAsync(id, Cancel)) is { HasEnded: true }, () => $"{run}\n{sidecar.Process.Output}");
        return run!;
    }

    private static Task<TestService> StartAsync(Sidecar sidecar, Cluster cluster, PortCalls calls) => TestService.StartAsync(
        sidecar,
        [],
        builder =>
        {
            builder.AddOrchestrator();
            builder.Services.AddSingleton<IExpertControl>(new TestControl(cluster.Devices, calls));
            builder.Services.AddSingleton<IStateStore>(new TestState(cluster.State, calls));
        },
        app => app.MapOrchestrator());
}
