namespace DaprMoE.Tensors.Tests;

public class MachineProbeTests
{
    [Fact]
    public void FmaPeak_AnyMachine_IsPlausible()
    {
        using var pool = new WorkerPool(1);
        Assert.InRange(MachineProbe.FmaPeak(pool, TimeSpan.FromMilliseconds(20)), 1e8, 1e13);
    }

    [Fact]
    public void ReadBandwidth_SmallBuffer_IsRefused()
    {
        using var pool = new WorkerPool(1);
        using var buffer = new NativeBuffer(1 << 20);
        var error = Assert.Throws<ArgumentException>(() => MachineProbe.ReadBandwidth(pool, buffer, TimeSpan.FromSeconds(1)));
        Assert.Contains("1048576 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadBandwidth_LargeBuffer_IsPlausible()
    {
        using var pool = new WorkerPool(1);
        using var buffer = new NativeBuffer(MachineProbe.MinBufferBytes);
        Assert.InRange(MachineProbe.ReadBandwidth(pool, buffer, TimeSpan.FromMilliseconds(20)), 1e8, 1e13);
    }
}
