using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

public sealed class LiveReplicasTests
{
    private readonly LiveReplicas _replicas = new([4], [100], [400, null]);

    [Fact]
    public void Moved_LoadUseAndEviction_CountBytesAndReplicas()
    {
        Move(ReplicaState.Absent, ReplicaState.Loading);
        Assert.Equal((1, 300L), (_replicas.Count, _replicas.FreeBytes(0)));
        Move(ReplicaState.Loading, ReplicaState.Warm);
        int version = _replicas.Of(0).Version;
        Move(ReplicaState.Warm, ReplicaState.Busy);
        Move(ReplicaState.Busy, ReplicaState.Warm);
        Assert.Equal(version, _replicas.Of(0).Version);
        Move(ReplicaState.Warm, ReplicaState.Absent);
        Assert.Equal((0, 400L), (_replicas.Count, _replicas.FreeBytes(0)));
        Assert.Equal(long.MaxValue, _replicas.FreeBytes(1));
    }

    [Fact]
    public void Take_Look_ReplacesWhatWasKnownOfTheDevice()
    {
        _replicas.Used(Id(0), device: 0);
        _replicas.Used(Id(3), device: 1);
        _replicas.Take(0, Snapshot(ReplicaState.Warm, Id(1), Id(2)), _replicas.BeginLook());
        Assert.Equal([(1, 0), (2, 0), (3, 1)], Known());
        Assert.Equal(200, _replicas.FreeBytes(0));
    }

    [Fact]
    public void Take_WhatWasNotedSinceTheLookBegan_Stays()
    {
        long look = _replicas.BeginLook();
        _replicas.Used(Id(0), device: 0);
        _replicas.Take(0, Snapshot(ReplicaState.Warm), look);
        Assert.Equal([(0, 0)], Known());
        _replicas.Take(0, Snapshot(ReplicaState.Warm), _replicas.BeginLook());
        Assert.Empty(Known());
    }

    [Fact]
    public void Take_LostDevice_HoldsNothing()
    {
        _replicas.Used(Id(0), device: 0);
        _replicas.Take(0, Snapshot(ReplicaState.Warm) with { IsAlive = false }, _replicas.BeginLook());
        Assert.Empty(Known());
    }

    [Fact]
    public void Take_ExpertsThatTheModelHasNot_AreLeftOut()
    {
        _replicas.Take(0, Snapshot(ReplicaState.Warm, Id(9), new ReplicaId(new ExpertId(7, 0), 0)), _replicas.BeginLook());
        Assert.Empty(Known());
    }

    [Fact]
    public async Task Watch_FirstLook_IsMadeAtOnceAndOthersFollow()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        FakeControl control = new() { Devices = [Snapshot(ReplicaState.Warm, Id(1)), Snapshot(ReplicaState.Warm)] };
        await using ReplicaWatch watch = new(control, _replicas, clock);
        await control.Asked(1, cancel);
        control.Fails = true;
        await control.Advance(clock, ReplicaWatch.Period, looks: 2, cancel);
        control.Fails = false;
        control.Devices = [Snapshot(ReplicaState.Warm, Id(2)), Snapshot(ReplicaState.Warm)];
        await control.Advance(clock, ReplicaWatch.Period, looks: 4, cancel);
        Assert.Equal([(2, 0)], Known());
    }

    private static ReplicaId Id(int expert) => new(new ExpertId(0, expert), 0);

    private static DeviceSnapshot Snapshot(ReplicaState state, params ReplicaId[] replicas) => new(
        "host-0", IsAlive: true, PlanVersion: 0, BudgetBytes: 400, ResidentBytes: replicas.Length * 100, ReservedBytes: 0,
        [.. replicas.Select(replica => new ReplicaSnapshot(replica, state, 100, 0, false, false, TimeSpan.Zero))]);

    private (int Expert, int Device)[] Known() =>
        [.. _replicas.Of(0).All.Select(live => (live.Replica.Expert, live.Replica.Device)).Order()];

    private void Move(ReplicaState from, ReplicaState to) =>
        _replicas.Moved(new ResidencyTransition(0, 0, "ram", Id(1), from, to, ResidencyReason.Demand, 100, 0));
}
