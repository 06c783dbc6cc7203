using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

public sealed class ExpertHostTests
{
    private const long AllExperts = 96 * BundledModel.ExpertBytes;

    [Fact]
    public void Create_NoOptions_IsOneMappedDeviceWithEveryExpert()
    {
        using TestHost host = new(new ExpertHostOptions());
        IExpertDevice device = Assert.Single(host.Host.Devices);
        Assert.Equal("local-0", device.Name);
        Assert.Equal(new DeviceMemory(null, AllExperts, AllExperts, 0), device.Memory);
        Assert.Equal(96, device.Replicas().Count);
    }

    [Fact]
    public void Create_SeveralDevicesWithoutBudget_ShareOneAndAHalfOfAllBytes()
    {
        using TestHost host = new(new ExpertHostOptions { Host = "box", Devices = 4 });
        Assert.Equal(["box-0", "box-1", "box-2", "box-3"], host.Host.Devices.Select(device => device.Name));
        Assert.All(host.Host.Devices, device => Assert.Equal(AllExperts * 3 / 8, device.Memory.BudgetBytes));
    }

    [Fact]
    public void Create_ExpertLargerThanDevice_IsRefusedWithBothNumbers()
    {
        ExpertTooLargeException error = Assert.Throws<ExpertTooLargeException>(
            () => new TestHost(new ExpertHostOptions { DeviceMemoryBytes = 200_000 }));
        Assert.Equal((BundledModel.ExpertBytes, 200_000L), (error.ExpertBytes, error.BudgetBytes));
        Assert.Contains("221184", error.Message, StringComparison.Ordinal);
        Assert.Contains("200000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mapped_ScaledToZero_ComesBackWithTheCallThatNeedsIt()
    {
        using TestHost host = new(new ExpertHostOptions());
        Rows expected = Rows.OneEach(4, 3, 8);
        host.Call(expected);
        host.Device.ScaleToZero();
        Assert.Equal(0, host.Device.Memory.ResidentBytes);
        Rows again = Rows.OneEach(4, 3, 8);
        host.Call(again);
        Assert.Equal(expected.Output, again.Output);
        ReplicaId[] called = [new(new ExpertId(4, 3), 0), new(new ExpertId(4, 8), 0)];
        Assert.Equal(called, host.Device.Replicas().Select(item => item.Replica));
    }
}
