using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>What time does to a device: deadlines, keep-alive, bandwidth.</summary>
public sealed class ArenaTimeTests
{
    [Fact]
    public async Task Forward_ExpertsNotReadyInTime_TimesOut()
    {
        using ControlledDevice at = new(slots: 2);
        at.Start(1, TimeSpan.FromSeconds(3), 0);
        Task<ExpertOutcome> call = Task.Run(() => at.Forward(1, 0), TestContext.Current.CancellationToken);
        at.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(call.IsCompleted);
        at.Time.Advance(TimeSpan.FromSeconds(0.1));
        ExpertOutcome outcome = await call;
        Assert.Equal((ExpertOutcomeKind.TimedOut, RefusalReason.Deadline, 1), (outcome.Kind, outcome.Reason, outcome.ColdStarts));
    }

    [Fact]
    public void KeepAlive_Over_ReturnsTheMemory()
    {
        using ControlledDevice at = new(slots: 4, keepAlive: TimeSpan.FromSeconds(30));
        at.Allow(2 * ControlledDevice.Pieces);
        at.Start(1, 0, 1);
        at.Forward(1, 0, 1);
        at.Time.Advance(TimeSpan.FromSeconds(20));
        at.Start(2, 1);
        at.Forward(2, 1);
        at.Time.Advance(TimeSpan.FromSeconds(11));
        ControlledDevice.Until(() => at.Device.Memory.ReservedBytes == ControlledDevice.Page);
        ControlledDevice.Until(() => at.Backend.PagedBytes == ControlledDevice.Page);
        at.Time.Advance(TimeSpan.FromSeconds(20));
        ControlledDevice.Until(() => at.Backend.PagedBytes == 0);
        Assert.Equal(2, at.Listener.All.Count(move => move.Reason == ResidencyReason.KeepAlive));
    }

    [Fact]
    public void Forward_ReplicasAndMemoryAreLookedAt_KeepAliveIsNotReset()
    {
        using ControlledDevice at = new(slots: 4, keepAlive: TimeSpan.FromSeconds(30));
        at.Allow(ControlledDevice.Pieces);
        at.Start(1, 0);
        at.Forward(1, 0);
        for (int second = 0; second < 31; second++)
        {
            _ = at.Device.Replicas();
            _ = at.Device.Memory;
            at.Time.Advance(TimeSpan.FromSeconds(1));
        }

        ControlledDevice.Until(() => at.Device.Memory.ResidentBytes == 0);
    }

    [Fact]
    public void PreWarm_Bandwidth_BoundsItsPieces()
    {
        using ControlledDevice at = new(slots: 4, preWarmBytesPerSecond: ControlledDevice.Page);
        at.Allow(100);
        Assert.True(at.Device.PreWarm(1, ControlledDevice.Replica(0)).IsAccepted);
        ControlledDevice.Until(() => at.Reached.Count == 2);
        at.Time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(ReplicaState.Loading, at.StateOf(0));
        Assert.Equal(2, at.Reached.Count);
        for (int piece = 3; piece <= ControlledDevice.Pieces; piece++)
        {
            at.Time.Advance(TimeSpan.FromSeconds(1));
            ControlledDevice.Until(() => at.Reached.Count == piece);
        }

        at.Time.Advance(TimeSpan.FromSeconds(1));
        ControlledDevice.Until(() => at.StateOf(0) == ReplicaState.Warm);
    }

    [Fact]
    public void PreWarm_ACallComesToWait_ReadsOnAtFullSpeed()
    {
        using ControlledDevice at = new(slots: 4, preWarmBytesPerSecond: 1);
        at.Allow(100);
        at.Device.PreWarm(1, ControlledDevice.Replica(0));
        ControlledDevice.Until(() => at.Reached.Count == 2);
        at.Start(1, 0);
        Assert.Equal(ExpertOutcomeKind.Done, at.Forward(1, 0).Kind);
        Assert.Equal(1, at.Backend.Loads);
    }
}
