using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class CapacityLoadsTests
{
    [Fact]
    public void Limit_AnyLoads_ConservesTokensAndKeepsTheCapacity()
    {
        Gen.Select(Gen.Long[0, 500].Array[1, 12], Gen.OneOf(0.25, 0.5, 1.0, 1.25, 2.0), Gen.Enum<CapacityMode>()).Sample((loads, gamma, mode) =>
        {
            long[] limited = [.. loads];
            CapacityLoads result = CapacityLoads.Limit(limited, gamma, mode);
            Assert.Equal(loads.Sum(), limited.Sum() + result.Dropped);
            Assert.All(limited, load => Assert.InRange(load, 0, result.Capacity));
            Assert.True(result.Dropped == 0 || mode == CapacityMode.Drop || limited.Min() == result.Capacity);
            Assert.True(result.Rerouted == 0 || mode == CapacityMode.Expanded);
        }, threads: 1);
    }

    [Fact]
    public void Limit_HugeOverflow_EndsAtOnce()
    {
        long[] loads = [1_000_000_000_000_000, 1, 0];
        CapacityLoads result = CapacityLoads.Limit(loads, 1, CapacityMode.Expanded);
        Assert.Equal(1_000_000_000_000_001, loads.Sum());
        Assert.Equal(0, result.Dropped);
    }
}
