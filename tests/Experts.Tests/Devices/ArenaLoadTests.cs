using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>The order of loads, their ends, and what calls hear of them.</summary>
public sealed class ArenaLoadTests
{
    [Fact]
    public void Load_CallAndPreWarms_TheCallGoesFirst()
    {
        using ControlledDevice at = new(slots: 8);
        at.Device.PreWarm(1, ControlledDevice.Replica(0));
        ControlledDevice.Until(() => at.Reached.Count == 1);
        at.Device.PreWarm(1, ControlledDevice.Replica(1));
        at.Start(1, 5);
        at.Allow(100);
        at.Forward(1, 5);
        ControlledDevice.Until(() => at.StateOf(0) == ReplicaState.Warm && at.StateOf(1) == ReplicaState.Warm);
        Assert.Equal([0, 5, 0, 1], Experts(at));
    }

    [Fact]
    public void Cancel_InTheMiddleOfAPreWarm_StopsItAndFreesItsSlot()
    {
        using ControlledDevice at = new(slots: 1);
        at.Device.PreWarm(7, ControlledDevice.Replica(0));
        ControlledDevice.Until(() => at.Reached.Count == 1);
        at.Device.Cancel(7, ControlledDevice.Replica(0));
        Assert.Equal(0, at.Device.Memory.ResidentBytes);
        at.Start(1, 3);
        at.Allow(1 + ControlledDevice.Pieces);
        Assert.Equal(ExpertOutcomeKind.Done, at.Forward(1, 3).Kind);
        Assert.Equal([0, 3], Experts(at));
        Assert.Contains(at.Listener.All, move => move.Reason == ResidencyReason.Cancelled);
    }

    [Fact]
    public void Cancel_WhenAllIsRead_ForgetsTheReplica()
    {
        using ControlledDevice at = new(slots: 1);
        using ManualResetEventSlim isCancelled = new();
        at.Backend.OnRead = _ => isCancelled.Wait(TimeSpan.FromSeconds(20));
        at.Allow(100);
        at.Device.PreWarm(7, ControlledDevice.Replica(0));
        ControlledDevice.Until(() => at.Reached.Count == ControlledDevice.Pieces);
        at.Device.Cancel(7, ControlledDevice.Replica(0));
        isCancelled.Set();
        at.Start(1, 0);
        Assert.Equal(ExpertOutcomeKind.Done, at.Forward(1, 0).Kind);
        Assert.Equal((2, ControlledDevice.Page), (at.Backend.Loads, at.Backend.BytesHeld));
    }

    [Fact]
    public void Cancel_ByAnotherRequester_ChangesNothing()
    {
        using ControlledDevice at = new(slots: 2);
        at.Device.PreWarm(7, ControlledDevice.Replica(0));
        at.Device.Cancel(8, ControlledDevice.Replica(0));
        at.Allow(ControlledDevice.Pieces);
        ControlledDevice.Until(() => at.StateOf(0) == ReplicaState.Warm);
    }

    [Fact]
    public void PreWarm_NoFreeMemory_IsRefusedWithNumbers()
    {
        using ControlledDevice at = new(slots: 1);
        at.Allow(ControlledDevice.Pieces);
        at.Start(1, 0);
        at.Forward(1, 0);
        Assert.Equal(
            new RequestAnswer(RefusalReason.NoRoom, ControlledDevice.Page, 0), at.Device.PreWarm(1, ControlledDevice.Replica(1)));
        Assert.Equal(RefusalReason.UnknownExpert, at.Device.PreWarm(1, ControlledDevice.Replica(8)).Refusal);
    }

    [Fact]
    public void Load_Fails_RefusesTheCallAndTellsTheListener()
    {
        using ControlledDevice at = new(slots: 2, failures: 1);
        at.Allow(100);
        at.Start(1, 0);
        ExpertOutcome outcome = at.Forward(1, 0);
        Assert.Equal((ExpertOutcomeKind.Refused, RefusalReason.LoadFailed), (outcome.Kind, outcome.Reason));
        ControlledDevice.Until(() => at.Listener.FailedLoads == 1);
        Assert.Equal(0, at.Device.Memory.ResidentBytes);
    }

    [Fact]
    public async Task Dispose_CallWaits_EndsItAsLost()
    {
        using ControlledDevice at = new(slots: 2);
        at.Start(1, 0);
        Task<ExpertOutcome> call = Task.Run(() => at.Forward(1, 0), TestContext.Current.CancellationToken);
        ControlledDevice.Until(() => at.Reached.Count == 1);
        Task disposal = Task.Run(at.Device.Dispose, TestContext.Current.CancellationToken);
        Assert.Equal(ExpertOutcomeKind.DeviceLost, (await call).Kind);
        at.Allow(1);
        await disposal;
    }

    [Fact]
    public void Plan_Newer_LoadsAndHoldsItsReplicas()
    {
        using ControlledDevice at = new(slots: 2);
        at.Allow(100);
        ReplicaId[] plan = [ControlledDevice.Replica(4), ControlledDevice.Replica(2), ControlledDevice.Replica(6)];
        ReplicaRefusal refused = Assert.Single(at.Device.Plan(3, plan, TimeSpan.Zero));
        Assert.Equal((plan[2], RefusalReason.NoRoom), (refused.Replica, refused.Answer.Refusal));
        ControlledDevice.Until(() => at.StateOf(4) == ReplicaState.Warm && at.StateOf(2) == ReplicaState.Warm);
        Assert.Equal([4, 2], Experts(at));
        Assert.Equal(RefusalReason.StalePlan, Assert.Single(at.Device.Plan(3, plan, TimeSpan.Zero)).Answer.Refusal);
        Assert.Equal(3, at.Device.PlanVersion);
    }

    [Fact]
    public void ScaleToZero_MemoryCannotBeGivenBack_LosesTheDevice_NotTheProcess()
    {
        using ControlledDevice at = new(slots: 2);
        at.Allow(100);
        at.Start(1, 0);
        Assert.Equal(ExpertOutcomeKind.Done, at.Forward(1, 0).Kind);

        at.Backend.OnReturn = () => throw new IOException("no way back");
        at.Device.ScaleToZero();
        ControlledDevice.Until(() => at.Listener.FailedDevice is not null);
        Assert.Equal("controlled-0: no way back", at.Listener.FailedDevice);
        at.Start(2, 0);
        Assert.Equal(ExpertOutcomeKind.DeviceLost, at.Forward(2, 0).Kind);
    }

    /// <summary>The experts whose loads began, in order.</summary>
    private static int[] Experts(ControlledDevice at)
    {
        List<int> all = [];
        foreach (ReplicaId replica in at.Reached)
        {
            if (all.Count == 0 || all[^1] != replica.Expert.Expert)
            {
                all.Add(replica.Expert.Expert);
            }
        }

        return [.. all];
    }
}
