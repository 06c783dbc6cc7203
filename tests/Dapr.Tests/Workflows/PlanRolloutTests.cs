using Dapr.Workflow;
using DaprMoE.Ports;
using DaprMoE.Workflows;
using DaprMoE.Workflows.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Dapr.Tests;

/// <summary>PlanRollout on a real sidecar; its worker is cut off at each step in turn, before and after the step's effect.</summary>
public sealed class PlanRolloutTests(ControlPlane controlPlane, WorkerSidecar shared) : IClassFixture<WorkerSidecar>
{
    [Theory]
    [InlineData("plan a", false)]
    [InlineData("state", true)]
    [InlineData("set plan", false)]
    [InlineData("set plan", true)]
    [InlineData("publish", true)]
    [InlineData("drain a", false)]
    [InlineData("drain a", true)]
    public async Task RollOut_WorkerCutOffAtAStep_TheNextOneBringsPlanBIntoForce(string call, bool killAfter)
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        await CutOffAsync(call, killAfter, _ => null, (RolloutOutcome.Done, Cluster.HeldByB));
    }

    [Theory]
    [InlineData("set plan", true)]
    [InlineData("drain a", false)]
    public async Task TakeBack_WorkerCutOffAtAStep_TheNextOneBringsPlanABack(string call, bool killAfter)
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        int faults = 0;
        Exception? Fault(string name) => name == "plan b" && faults++ < 3 ? new InvalidOperationException("b is away") : null;
        await CutOffAsync(call, killAfter, Fault, (RolloutOutcome.TakenBack, Cluster.HeldByA));
    }

    private async Task CutOffAsync(
        string call, bool killAfter, Func<string, Exception?> fault, (RolloutOutcome Outcome, string[] Held) expected)
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        long version = await cluster.ProposeBAsync();
        long held = cluster.A.Call(Cluster.Replica(1));
        string run = $"rollout-{Guid.NewGuid():N}";
        PortCalls calls = new() { KillAtCall = call, KillAfter = killAfter, Fault = fault };
        await using (ClientHost first = await StartAsync(shared.Sidecar, cluster, calls))
        {
            await first.Client.ScheduleNewWorkflowAsync(nameof(PlanRollout), run, Request(version));
            await calls.Killed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }

        cluster.A.EndCall(held);
        await using ClientHost second = await StartAsync(shared.Sidecar, cluster, new PortCalls { Fault = fault });
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        WorkflowState state = await second.Client.WaitForWorkflowCompletionAsync(run, cancellation: deadline.Token);
        Assert.True(state.RuntimeStatus == WorkflowRuntimeStatus.Completed, $"{state.RuntimeStatus}: {state.FailureDetails}");
        Assert.Equal(expected.Outcome, state.ReadOutputAs<RolloutResult>()!.Outcome);
        Assert.Equal(RolloutPhase.End, state.ReadCustomStatusAs<RolloutPhase>());
        await cluster.AssertSettledAsync(version, expected.Held);
    }

    private static RolloutRequest Request(long version) => new(version)
    {
        WarmTimeout = TimeSpan.FromSeconds(20),
        Grace = TimeSpan.FromMilliseconds(50),
        EvictTimeout = TimeSpan.FromSeconds(20),
    };

    private static Task<ClientHost> StartAsync(Sidecar sidecar, Cluster cluster, PortCalls calls) => ClientHost.StartAsync(
        sidecar,
        WorkflowRegistrations.Register,
        services => services
            .AddSingleton<IStateStore>(new TestState(cluster.State, calls))
            .AddSingleton<IEventBus>(new TestEvents(calls, cluster.Published))
            .AddSingleton<IExpertControl>(new TestControl(cluster.Devices, calls))
            .AddWorkflowActivities());
}
