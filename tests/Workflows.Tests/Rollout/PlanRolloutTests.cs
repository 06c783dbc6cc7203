using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows.Tests;

/// <summary>Stories of a rollout from plan A to plan B.</summary>
public sealed class PlanRolloutTests
{
    [Fact]
    public async Task RollOut_NothingInTheWay_BringsThePlanIntoForceAndClears()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        List<string?> phases = [];
        orchestrator.Meanwhile = run => phases.Add(run.CustomStatus);
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal((RolloutOutcome.Done, null), (result.Outcome, result.Reason));
        Assert.Empty(result.Left);
        Assert.Equal(Cluster.HeldByB, cluster.Held);
        Assert.Equal([version], cluster.Published);
        Assert.Contains("\"Switch\"", phases);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public void Names_Starters_AreThoseOfTheClasses() => Assert.Equal(nameof(PlanRollout), WorkflowNames.PlanRollout);

    [Fact]
    public async Task RollOut_FirstPlan_ComesIntoForce()
    {
        Cluster cluster = new();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        Assert.Equal(RolloutOutcome.Done, (await orchestrator.RollOutAsync(version)).Outcome);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Theory]
    [InlineData("plan b")]
    [InlineData("set plan")]
    public async Task RollOut_StepBeforeTheSwitchFails_IsTakenBackWithTheReason(string call)
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        int faults = 0;
        orchestrator.Calls.Fault = name => name == call && faults++ < 3 ? new InvalidOperationException("b is away") : null;
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal((RolloutOutcome.TakenBack, "b is away"), (result.Outcome, result.Reason));
        Assert.Equal(Cluster.HeldByA, cluster.Held);
        Assert.Equal([version + 1], cluster.Published);
        await cluster.AssertSettledAsync(version, Cluster.HeldByA);
    }

    [Theory]
    [InlineData("plan b")]
    [InlineData("state")]
    [InlineData("get plan")]
    [InlineData("set plan")]
    [InlineData("publish")]
    [InlineData("drain a")]
    public async Task RollOut_StepFailsOnce_IsRepeated(string call)
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        long held = cluster.A.Call(Cluster.Replica(1));
        int faults = 0;
        orchestrator.Calls.Fault = name => name == call && faults++ == 0 ? new InvalidOperationException("a slip") : null;
        orchestrator.Meanwhile = run =>
        {
            if (run.CustomStatus == "\"Evict\"" && faults > 0)
            {
                cluster.A.EndCall(held);
            }
        };
        Assert.Equal(RolloutOutcome.Done, (await orchestrator.RollOutAsync(version)).Outcome);
        Assert.NotEqual(0, faults);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_DrainFailsForAWhile_IsTriedAgain()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        int faults = 0;
        orchestrator.Calls.Fault = name => name == "drain a" && faults++ < 4 ? new InvalidOperationException("a is away") : null;
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.Done, result.Outcome);
        Assert.Empty(result.Left);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_DrainFailsForGood_SaysWhatIsLeftAndTheNextPlanClearsIt()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        orchestrator.Calls.Fault = name => name == "drain a" ? new InvalidOperationException("a is away") : null;
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.Done, result.Outcome);
        Assert.Equal(["a"], result.Left);
        Assert.Contains("a: L0.E1.R0", cluster.Held);

        orchestrator.Calls.Fault = _ => null;
        long next = await cluster.ProposeBAsync();
        Assert.Empty((await orchestrator.RollOutAsync(next)).Left);
        await cluster.AssertSettledAsync(next, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_DeviceWithoutRoom_IsTakenBackWithTheReplica()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        cluster.Devices["b"] = new RulesDevice(2);
        cluster.B.Plan(1, [Cluster.Replica(2), Cluster.Replica(3)], TimeSpan.FromSeconds(1));
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.TakenBack, result.Outcome);
        Assert.Equal("The device refuses L0.E3.R0: NoRoom.", result.Reason);
        await cluster.AssertSettledAsync(version, Cluster.HeldByA);
    }

    [Fact]
    public async Task RollOut_LoadsThatDoNotEnd_AreTakenBack()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        cluster.B.Loads = false;
        long version = await cluster.ProposeBAsync();
        orchestrator.Meanwhile = run => cluster.B.Loads |= run.CustomStatus == "\"Evict\"";
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.TakenBack, result.Outcome);
        Assert.Equal("2 replicas were not warm within 00:00:02, on 'b'.", result.Reason);
        await cluster.AssertSettledAsync(version, Cluster.HeldByA);
    }

    [Fact]
    public async Task RollOut_FirstPlanFails_LeavesNothingHeld()
    {
        Cluster cluster = new();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        int faults = 0;
        orchestrator.Calls.Fault = name => name == "plan b" && faults++ < 3 ? new InvalidOperationException("b is away") : null;
        Assert.Equal(RolloutOutcome.TakenBack, (await orchestrator.RollOutAsync(version)).Outcome);
        await cluster.AssertSettledAsync(version);
        Assert.True(await cluster.ProposeBAsync() > cluster.A.PlanVersion);
    }

    [Fact]
    public async Task RollOut_KeepAlivesEndWhileItWaits_ReplacedReplicasStayUntilTheSwitch()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        cluster.B.Loads = false;
        long version = await cluster.ProposeBAsync();
        orchestrator.Meanwhile = run =>
        {
            if (!cluster.B.Loads && run.CustomStatus == "\"Wait\"")
            {
                cluster.A.PassTime();
                Assert.Contains("a: L0.E1.R0", cluster.Held);
                cluster.B.Loads = true;
            }
        };
        Assert.Equal(RolloutOutcome.Done, (await orchestrator.RollOutAsync(version)).Outcome);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_HostRestartsWhileLoading_IsToldAgain()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        cluster.B.Loads = false;
        long version = await cluster.ProposeBAsync();
        orchestrator.Meanwhile = run =>
        {
            if (!cluster.B.Loads && run.CustomStatus == "\"Wait\"")
            {
                cluster.B.Restart();
                cluster.B.Loads = true;
            }
        };
        Assert.Equal(RolloutOutcome.Done, (await orchestrator.RollOutAsync(version)).Outcome);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_AwayFromALostDevice_IsDoneWithoutIt()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        cluster.B.IsLost = true;
        long version = await cluster.ProposeOnAAsync();
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal((RolloutOutcome.Done, null), (result.Outcome, result.Reason));
        Assert.Empty(result.Left);
        Assert.Equal(version, (await cluster.InForceAsync())!.Version);
    }

    [Fact]
    public async Task RollOut_LostDevice_IsTakenBackByName()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        cluster.B.IsLost = true;
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal((RolloutOutcome.TakenBack, "Device 'b' is lost."), (result.Outcome, result.Reason));
        Assert.Equal(["b"], result.Left);
        cluster.B.IsLost = false;
        await cluster.AssertSettledAsync(version, Cluster.HeldByA);
    }

    [Fact]
    public async Task RollOut_UnknownDevice_IsTakenBackByName()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        cluster.Devices.Remove("b");
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal("There is no device 'b'; there are 'a'.", result.Reason);
    }

    [Fact]
    public async Task RollOut_PlannedReplicaGoesWhileItLoads_IsAskedForAgain()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        cluster.B.Loads = false;
        bool taken = false;
        orchestrator.Meanwhile = run =>
        {
            if (run.CustomStatus == "\"Wait\"" && !taken)
            {
                taken = true;
                cluster.B.Drain([new ReplicaId(new ExpertId(0, 0), 1)]);
                cluster.B.Loads = true;
                Assert.DoesNotContain("b: L0.E0.R1", cluster.Held);
            }
        };
        Assert.Equal(RolloutOutcome.Done, (await orchestrator.RollOutAsync(version)).Outcome);
        Assert.True(taken);
        Assert.Contains("prewarm b", orchestrator.Calls.Log);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_NewerPlanOnADevice_IsSuperseded()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        cluster.B.Plan(version + 1, [Cluster.Replica(3)], TimeSpan.FromSeconds(1));
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.Superseded, result.Outcome);
        Assert.Equal(1, (await cluster.InForceAsync())!.Version);
    }

    [Fact]
    public async Task RollOut_CallHoldsALeavingReplica_WaitsForItsEnd()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        long call = cluster.A.Call(Cluster.Replica(1));
        int looks = 0;
        orchestrator.Meanwhile = run =>
        {
            if (run.CustomStatus == "\"Evict\"" && looks++ == 3)
            {
                Assert.Contains("a: L0.E1.R0", cluster.Held);
                cluster.A.EndCall(call);
            }
        };
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.Done, result.Outcome);
        Assert.True(looks >= 3);
        Assert.Equal(Cluster.HeldByB, cluster.Held);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_CallThatNeverEnds_IsLeftToItself()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        long call = cluster.A.Call(Cluster.Replica(1));
        RolloutResult result = await orchestrator.RollOutAsync(version);
        Assert.Equal(RolloutOutcome.Done, result.Outcome);
        Assert.Equal(["a"], result.Left);
        cluster.A.EndCall(call);
        await cluster.AssertSettledAsync(version, Cluster.HeldByB);
    }

    [Fact]
    public async Task RollOut_LateCallLoadsADrainedReplicaAgain_IsDrainedAgain()
    {
        Cluster cluster = await Cluster.WithPlanAAsync();
        await using Orchestrator orchestrator = new(cluster);
        long version = await cluster.ProposeBAsync();
        long early = cluster.A.Call(Cluster.Replica(1));
        bool late = false;
        orchestrator.Meanwhile = run =>
        {
            if (run.CustomStatus == "\"Evict\"" && !late)
            {
                late = true;
                long second = cluster.A.Call(Cluster.Replica(1));
                cluster.A.EndCall(early);
                cluster.A.EndCall(second);
            }
        };
        Assert.Equal(RolloutOutcome.Done, (await orchestrator.RollOutAsync(version)).Outcome);
        Assert.True(late);
        Assert.Equal(Cluster.HeldByB, cluster.Held);
    }
}
