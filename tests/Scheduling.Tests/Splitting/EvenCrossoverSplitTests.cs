namespace DaprMoE.Scheduling.Tests;

public sealed class EvenCrossoverSplitTests
{
    [Theory]
    [InlineData(0, new[] { 0, 0, 0 })]
    [InlineData(1, new[] { 1, 0, 0 })]
    [InlineData(100, new[] { 100, 0, 0 })]
    [InlineData(101, new[] { 51, 50, 0 })]
    [InlineData(200, new[] { 100, 100, 0 })]
    [InlineData(1000, new[] { 334, 333, 333 })]
    public void Split_Load_WakesOneReplicaForEachCrossover(int load, int[] parts)
    {
        SplitResult result = new();
        LayerPlan plan = LayerGen.Plan([[0, 1, 2]], devices: 3);
        SplitRules.Get("even-crossover").Split([load], plan, new SplitContext(default, Crossover: 100), result);
        Assert.Equal(parts, result.Tokens.ToArray());
    }
}
