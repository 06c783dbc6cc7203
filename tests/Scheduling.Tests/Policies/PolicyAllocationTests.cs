namespace DaprMoE.Scheduling.Tests;

public sealed class PolicyAllocationTests
{
    [Theory]
    [InlineData("static")]
    [InlineData("eplb")]
    [InlineData("moeless")]
    [InlineData("auto")]
    public void Decide_BetweenPlans_AllocatesNothing(string name)
    {
        PolicyBench bench = new(name) { Forecast = [4000, 100, 400, 400, 400, 400, 400, 400] };
        bench.History.Add(bench.Forecast);
        for (int i = 0; i < 200; i++)
        {
            bench.Decide();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            bench.Decide();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
