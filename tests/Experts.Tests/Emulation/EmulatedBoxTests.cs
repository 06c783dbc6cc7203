using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

public sealed class EmulatedBoxTests
{
    [Fact]
    public void Layer_ColdExperts_TakesTheirLoadsOneAfterTheOtherThenTheWork()
    {
        using EmulatedHost host = new(devices: 1, slots: 4);
        ExpertOutcome outcome = host.Layer((0, Rows.OneEach(0, 1, 2)))[0];
        Assert.Equal((ExpertOutcomeKind.Done, 2), (outcome.Kind, outcome.ColdStarts));
        Assert.Equal(10 + 10 + (2 + 2 + 0.5) + (2 * 2 * 0.25), host.Clock.Now);
        Assert.Equal(2 + 2 + 0.5, host.Box.BusySeconds[0]);
    }

    [Fact]
    public void Layer_WarmExperts_TakesTheWorkAlone()
    {
        using EmulatedHost host = new(devices: 1, slots: 4);
        host.Layer((0, Rows.OneEach(0, 1, 2)));
        double before = host.Clock.Now;
        host.Layer((0, new Rows(0, [new ReplicaGroup(1, 0, 0, 3)])));
        Assert.Equal(3 + 0.5 + (2 * 3 * 0.25), host.Clock.Now - before);
    }

    [Theory]
    [InlineData(DeviceOverlap.Device, 10 + (2 + 2 + 0.5) + (2 * 3 * 0.25))]
    [InlineData(DeviceOverlap.Replica, 10 + (2 + 0.5) + (2 * 3 * 0.25))]
    public void Layer_SeveralDevices_LoadInParallelAndWaitForTheSlowest(DeviceOverlap overlap, double expected)
    {
        using EmulatedHost host = new(devices: 2, slots: 4, overlap: overlap);
        host.Host.Devices[0].PreWarm(1, new ReplicaId(new ExpertId(0, 1), 0));
        host.Clock.Advance(10);
        host.Layer(
            (0, new Rows(0, [new ReplicaGroup(1, 0, 0, 2), new ReplicaGroup(2, 0, 2, 1)])),
            (1, Rows.OneEach(0, 3)));
        Assert.Equal(10 + expected, host.Clock.Now);
    }

    [Fact]
    public void Layer_WarmUpOnTheLink_KeepsTheCallWaiting()
    {
        using EmulatedHost host = new(devices: 1, slots: 4);
        host.Host.Devices[0].PreWarm(1, new ReplicaId(new ExpertId(3, 0), 0));
        host.Layer((0, Rows.OneEach(0, 1)));
        Assert.Equal(10 + 10 + 2.5 + 0.5, host.Clock.Now);
    }

    [Fact]
    public void Layer_MoreExpertsThanSlots_ComputesInWavesTheSameBits()
    {
        using TestHost plain = new(new ExpertHostOptions());
        using EmulatedHost small = new(devices: 1, slots: 3);
        Rows expected = Rows.OneEach(2, [.. Enumerable.Range(0, 16)]);
        Rows rows = Rows.OneEach(2, [.. Enumerable.Range(0, 16)]);
        plain.Call(expected);
        Assert.Equal(ExpertOutcomeKind.Done, small.Layer((0, rows))[0].Kind);
        Assert.Equal(expected.Output, rows.Output);
        Assert.Equal((16 * 10) + (16 * 2) + 0.5 + (2 * 16 * 0.25), small.Clock.Now);
        Assert.InRange(small.Host.Devices[0].Memory.ReservedBytes, 1, 3 * EmulatedHost.ExpertBytes);
    }

    [Fact]
    public void Layer_PinsLeaveNoRoom_IsRefusedAndTakesNoTime()
    {
        using EmulatedHost host = new(devices: 1, slots: 1);
        host.Layer((0, Rows.OneEach(0, 0)));
        Assert.True(host.Host.Devices[0].Pin(new ReplicaId(new ExpertId(0, 0), 0)).IsAccepted);
        double before = host.Clock.Now;
        Assert.Equal(ExpertOutcomeKind.Refused, host.Layer((0, Rows.OneEach(3, 5)))[0].Kind);
        Assert.Equal(before, host.Clock.Now);
    }

    [Fact]
    public void Cancel_LoadOnTheLink_NothingComesOfItButItsTime()
    {
        using EmulatedHost host = new(devices: 1, slots: 4);
        ReplicaId unwanted = new(new ExpertId(3, 0), 0);
        host.Host.Devices[0].PreWarm(1, unwanted);
        host.Host.Devices[0].Cancel(1, unwanted);
        host.Layer((0, Rows.OneEach(0, 1)));
        Assert.Equal(10 + 10 + 2.5 + 0.5, host.Clock.Now);
        Assert.Equal(EmulatedHost.ExpertBytes, host.Host.Devices[0].Memory.ResidentBytes);
    }

    [Fact]
    public void KeepAlive_VirtualTimePasses_EndsWhatIsIdle()
    {
        using EmulatedHost host = new(devices: 1, slots: 4);
        host.Layer((0, Rows.OneEach(0, 1)));
        host.Clock.Advance(99);
        Assert.Single(host.Host.Devices[0].Replicas());
        host.Clock.Advance(2);
        Assert.Empty(host.Host.Devices[0].Replicas());
    }
}
