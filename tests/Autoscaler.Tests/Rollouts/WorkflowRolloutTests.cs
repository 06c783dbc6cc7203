using DaprMoE.Ports;
using DaprMoE.Ports.Tests;

namespace DaprMoE.Autoscaler.Tests;

public sealed class WorkflowRolloutTests
{
    private static readonly PlanDocument Plan = new(1, "tiny", "auto", 0, 0, 0, 1000, 1, ["a"], [new PlanLayer("forecast", [0, 0, 0])]);

    private readonly RolloutStore _rollouts = new(new MemoryState());
    private readonly FakeStarter _starter = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryStart_NothingOpen_ProposesAndStarts()
    {
        StoredPlan inForce = new(Plan with { Version = 6 }, "etag");
        Assert.True(await new WorkflowRollout(_rollouts, _starter).TryStartAsync(Plan, inForce, Cancellation));
        Assert.Equal(["rollout-7"], _starter.Started);
        Assert.Equal(7, (await _rollouts.ReadPlanAsync(7, Cancellation))!.Version);
    }

    [Fact]
    public async Task TryStart_OneUnderWay_StartsNothing()
    {
        WorkflowRollout rollout = new(_rollouts, _starter);
        Assert.True(await rollout.TryStartAsync(Plan, null, Cancellation));
        Assert.False(await rollout.TryStartAsync(Plan, null, Cancellation));
        await _rollouts.EndAsync(1, Cancellation);
        Assert.True(await rollout.TryStartAsync(Plan, null, Cancellation));
        Assert.Equal(["rollout-1", "rollout-2"], _starter.Started);
    }

    [Fact]
    public async Task TryStart_TheLastOneFailed_ReplacesIt()
    {
        WorkflowRollout rollout = new(_rollouts, _starter);
        Assert.True(await rollout.TryStartAsync(Plan, null, Cancellation));
        _starter.Status = WorkflowRunStatus.Failed;
        Assert.True(await rollout.TryStartAsync(Plan, null, Cancellation));
        Assert.Null(await _rollouts.ReadPlanAsync(1, Cancellation));
        Assert.Equal(["rollout-1", "rollout-2"], _starter.Started);
    }

    [Fact]
    public async Task Resume_RunOfAnOpenRolloutIsLost_StartsItAgain()
    {
        await _rollouts.ProposeAsync(Plan, 0, Cancellation);
        await new WorkflowRollout(_rollouts, _starter).ResumeAsync(null, Cancellation);
        Assert.Equal(["rollout-1"], _starter.Started);
    }

    [Fact]
    public async Task TryStart_WorkflowCannotStart_KeepsNothing()
    {
        _starter.Refuses = true;
        Assert.False(await new WorkflowRollout(_rollouts, _starter).TryStartAsync(Plan, null, Cancellation));
        Assert.Equal(0, await _rollouts.ReadOpenAsync(Cancellation));
    }

    private sealed class FakeStarter : IWorkflowStarter
    {
        public List<string> Started { get; } = [];

        public WorkflowRunStatus Status { get; set; }

        public bool Refuses { get; set; }

        public Task<bool> StartAsync(string workflow, string id, object? input, CancellationToken cancellationToken)
        {
            Assert.Equal(WorkflowNames.PlanRollout, workflow);
            Started.Add(id);
            return Refuses ? throw new WorkflowStartException("no place") : Task.FromResult(true);
        }

        public Task<WorkflowRun?> GetAsync(string id, CancellationToken cancellationToken) =>
            Task.FromResult(Started.Contains(id) ? new WorkflowRun(id, WorkflowNames.PlanRollout, Status) : null);

        public Task TerminateAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
