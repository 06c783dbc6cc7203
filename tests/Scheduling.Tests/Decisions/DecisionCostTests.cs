namespace DaprMoE.Scheduling.Tests;

public sealed class DecisionCostTests
{
    [Theory]
    [InlineData("even-crossover")]
    [InlineData("balanced")]
    [InlineData("balanced-crossover")]
    public void Decide_WarmBuffers_AllocatesNothing(string rule)
    {
        DecisionCost decision = new(rule);
        int sum = 0;
        for (int i = 0; i < 200; i++)
        {
            sum += decision.Decide();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            sum += decision.Decide();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }
}
