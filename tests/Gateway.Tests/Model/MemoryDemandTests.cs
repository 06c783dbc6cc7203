namespace DaprMoE.Gateway.Tests;

public sealed class MemoryDemandTests
{
    [Fact]
    public void RequireFits_JustEnough_Passes() => new MemoryDemand(600, 300, 100).RequireFits(1000);

    [Fact]
    public void RequireFits_OneByteTooLittle_Fails() =>
        Assert.Throws<InsufficientMemoryException>(() => new MemoryDemand(600, 300, 101).RequireFits(1000));

    [Fact]
    public void RequireFits_TooLittle_NamesAllNumbers()
    {
        InsufficientMemoryException error = Assert.Throws<InsufficientMemoryException>(
            () => new MemoryDemand(60_000_000_000, 4_000_000_000, 2_500_000_000).RequireFits(24_500_000_000));
        Assert.Contains("66.5 GB (weights 60 GB, KV cache 4 GB, workspaces 2.5 GB)", error.Message, StringComparison.Ordinal);
        Assert.Contains("24.5 GB", error.Message, StringComparison.Ordinal);
    }
}
