namespace DaprMoE.Scheduling.Tests;

public sealed class StaticPolicyTests
{
    [Theory]
    [InlineData("static")]
    [InlineData("capacity-oracle")]
    public void Decide_Anything_KeepsHomes(string name)
    {
        PolicyBench bench = new(name) { Forecast = [100, 0, 0, 0, 0, 0, 0, 0] };
        Assert.Equal(PlanReason.Static, bench.Decide());
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], bench.Plan.Replicas.ToArray().Select(replica => replica.Device));
        Assert.Equal(8, bench.Trace.Cold);
        Assert.Equal(PlanReason.Static, bench.Decide());
        Assert.Equal(0, bench.Trace.Cold);
    }

    [Fact]
    public void Decide_TooFewSlots_KeepsHomesAndSaysNoRoom()
    {
        PolicyBench bench = new("static") { Slots = [2, 1, 0, 9] };
        Assert.Equal(PlanReason.NoRoom, bench.Decide());
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], bench.Plan.Replicas.ToArray().Select(replica => replica.Device));
        Assert.Equal(3, bench.Trace.Unplaced);
    }

    [Fact]
    public void Spread_Loads_AreEqualAndConserved()
    {
        int[] loads = [9, 0, 0, 2];
        EqualLoads.Spread(loads);
        Assert.Equal([3, 3, 3, 2], loads);
    }
}
