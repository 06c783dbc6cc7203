using System.Text.Json;
using DaprMoE.Orchestrator;
using DaprMoE.Ports;
using DaprMoE.Workflows;
using DaprMoE.Workflows.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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
        Cluster cluster = await ClusterAsync();
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
        WorkflowRun ended = await EndedAsync(workflows, id);
        Assert.Equal(
            (WorkflowNames.PlanRollout, WorkflowRunStatus.Completed, "\"End\""), (ended.Workflow, ended.Status, ended.CustomStatus));
        Assert.Equal(RolloutOutcome.Done, Result(ended).Outcome);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
        await AssertForgottenAsync(workflows, id, second);
    }

    [Fact]
    public async Task Program_KilledMidRollout_GoesOnWhenItIsStartedAgain()
    {
        ports.Require();
        IWorkflowStarter workflows = ports.Autoscaler.Services.GetRequiredService<IWorkflowStarter>();
        Cluster cluster = await ClusterAsync();
        long version = await cluster.ProposeBAsync();
        string id = $"rollout-{version}";
        using (ChildProcess first = StartProgram())
        {
            await Until.TrueAsync(() => TryStartAsync(workflows, id, version), () => first.Output);
            first.Kill();
        }

        using ChildProcess second = StartProgram();
        await Until.TrueAsync(() => TryGetAsync(workflows, id), () => second.Output);
        RolloutResult result = Result(await EndedAsync(workflows, id));
        // The program hears of no expert host yet.
        Assert.Equal((RolloutOutcome.TakenBack, true), (result.Outcome, result.Reason?.Contains("no device", StringComparison.Ordinal)));
        Assert.Null(await new RolloutStore(ports.Autoscaler.State).ReadPlanAsync(version, Cancel));
    }

    /// <summary>Its time is over, so the next look purges the run; then nobody knows it.</summary>
    private async Task AssertForgottenAsync(IWorkflowStarter workflows, string id, TestService orchestrator)
    {
        RunPurge purge = orchestrator.Services.GetServices<IHostedService>().OfType<RunPurge>().Single();
        await workflows.TerminateAsync(id, Cancel);
        await Until.TrueAsync(
            async () =>
            {
                await purge.LookAsync(Cancel);
                return await workflows.GetAsync(id, Cancel) is null;
            },
            () => $"Run {id} is not purged.\n{ports.Orchestrator.Process.Output}");
        await workflows.TerminateAsync(id, Cancel);
        ArgumentException unknown = await Assert.ThrowsAsync<ArgumentException>(() => workflows.StartAsync("Rollout", id, null, Cancel));
        Assert.Contains("there is PlanRollout", unknown.Message, StringComparison.Ordinal);
    }

    private async Task<Cluster> ClusterAsync()
    {
        await ports.Autoscaler.State.DeleteAsync(StateKeys.Plan, Cancel);
        return await Cluster.WithPlanAAsync(ports.Autoscaler.State);
    }

    private ChildProcess StartProgram() => new(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, typeof(OrchestratorOptions).Assembly.GetName().Name + ".dll"),
            $"--Sidecar:AppPort={ports.Orchestrator.Settings.AppPort}", $"--Orchestrator:Urls=http://127.0.0.1:{FreePort.Next()}",
        ],
        ("DAPR_HTTP_PORT", ports.Orchestrator.HttpPort),
        ("DAPR_GRPC_PORT", ports.Orchestrator.GrpcPort));

    private static async Task<bool> TryGetAsync(IWorkflowStarter workflows, string id)
    {
        try
        {
            return await workflows.GetAsync(id, Cancel) is not null;
        }
        catch (WorkflowStartException)
        {
            return false;
        }
    }

    private static RolloutResult Result(WorkflowRun run) =>
        JsonSerializer.Deserialize<RolloutResult>(run.Output!, JsonSerializerOptions.Web)!;

    /// <summary>Until the orchestrator's worker is there and its name can be resolved.</summary>
    private static async Task<bool> TryStartAsync(IWorkflowStarter workflows, string id, long version)
    {
        try
        {
            object input = new { version, grace = "00:00:00.05", evictTimeout = "00:00:01" };
            return await workflows.StartAsync(WorkflowNames.PlanRollout, id, input, Cancel);
        }
        catch (WorkflowStartException)
        {
            return false;
        }
    }

    private async Task<WorkflowRun> EndedAsync(IWorkflowStarter workflows, string id)
    {
        WorkflowRun? run = null;
        await Until.TrueAsync(
            async () => (run = await workflows.GetAsync(id, Cancel)) is { HasEnded: true },
            () => $"{run}\n{ports.Orchestrator.Process.Output}");
        return run!;
    }

    private static Task<TestService> StartAsync(Sidecar sidecar, Cluster cluster, PortCalls calls) => TestService.StartAsync(
        sidecar,
        [],
        builder =>
        {
            builder.AddOrchestrator(options => options.KeepSeconds = 1);
            builder.Services.AddSingleton<IExpertControl>(new TestControl(cluster.Devices, calls));
            builder.Services.AddSingleton<IStateStore>(new TestState(cluster.State, calls));
        },
        app => app.MapOrchestrator());
}
