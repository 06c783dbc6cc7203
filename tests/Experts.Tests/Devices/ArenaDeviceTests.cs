using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

public sealed class ArenaDeviceTests
{
    [Fact]
    public void Forward_ColdThenWarm_CountsColdStartsOnce()
    {
        using TestHost host = TestHost.WithSlots(4);
        ExpertOutcome cold = host.Call(Rows.OneEach(0, 1, 2));
        ExpertOutcome warm = host.Call(Rows.OneEach(0, 1, 2));
        Assert.Equal((ExpertOutcomeKind.Done, 2), (cold.Kind, cold.ColdStarts));
        Assert.Equal((ExpertOutcomeKind.Done, 0), (warm.Kind, warm.ColdStarts));
        Assert.Equal(2 * BundledModel.ExpertBytes, host.Device.Memory.ResidentBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    public void Forward_MoreExpertsThanSlots_ComputesInWavesTheSameBits(int slots)
    {
        using TestHost plain = new(new ExpertHostOptions());
        using TestHost small = TestHost.WithSlots(slots);
        Rows expected = Rows.OneEach(2, [.. Enumerable.Range(0, 16)]);
        plain.Call(expected);
        for (int time = 0; time < 3; time++)
        {
            Rows rows = Rows.OneEach(2, [.. Enumerable.Range(0, 16)]);
            Assert.Equal(ExpertOutcomeKind.Done, small.Call(rows).Kind);
            Assert.Equal(expected.Output, rows.Output);
            Assert.InRange(small.Device.Memory.ReservedBytes, 1, slots * BundledModel.ExpertBytes);
        }
    }

    [Fact]
    public void Forward_WarmOnesAmongMoreThanSlots_UsesThemBeforeTheyGo()
    {
        using TestHost host = TestHost.WithSlots(4);
        host.Call(Rows.OneEach(1, 6, 7));
        Assert.Equal(6, host.Call(Rows.OneEach(1, 0, 1, 2, 3, 4, 5, 6, 7)).ColdStarts);
    }

    [Fact]
    public void Forward_PinsLeaveNoRoom_IsRefusedWithNumbers()
    {
        using TestHost host = TestHost.WithSlots(2);
        host.Call(Rows.OneEach(0, 0, 1));
        Assert.True(host.Device.Pin(new ReplicaId(new ExpertId(0, 0), 0)).IsAccepted);
        Assert.True(host.Device.Pin(new ReplicaId(new ExpertId(0, 1), 0)).IsAccepted);
        ExpertOutcome refused = host.Call(Rows.OneEach(3, 5));
        Assert.Equal(
            (ExpertOutcomeKind.Refused, RefusalReason.NoRoom, BundledModel.ExpertBytes, 0L),
            (refused.Kind, refused.Reason, refused.Bytes, refused.LimitBytes));
    }

    [Fact]
    public void ScaleToZero_Idle_ReturnsAllMemory()
    {
        using TestHost host = TestHost.WithSlots(8);
        host.Call(Rows.OneEach(0, 0, 1, 2));
        host.Device.ScaleToZero();
        Assert.Equal(new DeviceMemory(8 * BundledModel.ExpertBytes, 0, 0, 0), host.Device.Memory);
        Assert.Empty(host.Device.Replicas());
    }

    [Fact]
    public void Forward_NotStarted_IsAnError()
    {
        using TestHost host = TestHost.WithSlots(4);
        Assert.Throws<InvalidOperationException>(() => host.Device.Forward(77, Rows.OneEach(0, 1).Work));
    }

    [Fact]
    public void Start_NameOfAnOpenCall_IsAnErrorUntilItHasEnded()
    {
        using TestHost host = TestHost.WithSlots(4);
        Rows rows = Rows.OneEach(0, 1);
        host.Device.Start(900, 0, rows.Groups, TestHost.Soon);
        Assert.Throws<ArgumentException>(() => host.Device.Start(900, 0, rows.Groups, TestHost.Soon));
        Assert.Equal(ExpertOutcomeKind.Done, host.Device.Forward(900, rows.Work).Kind);
        host.Device.Start(900, 0, rows.Groups, TestHost.Soon);
        Assert.Equal(ExpertOutcomeKind.Done, host.Device.Forward(900, rows.Work).Kind);
    }

    [Fact]
    public void Forward_SteadyState_AllocatesNothing()
    {
        using TestHost host = TestHost.WithSlots(4);
        Rows warm = Rows.OneEach(0, 0, 1, 2, 3);
        Rows waves = Rows.OneEach(1, 0, 1, 2, 3, 4, 5);
        for (int time = 0; time < 50; time++)
        {
            host.Call(warm);
            host.Call(waves);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < 20; time++)
        {
            host.Call(warm);
            host.Call(waves);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
