using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class ModelShapesTests
{
    [Theory]
    [InlineData("mixtral-8x7b", 352, 3.79, 459, 128, 13.8)]
    [InlineData("phi-3.5-moe", 157, 1.69, 205, 128, 6.1)]
    [InlineData("llama-4-scout", 252, 2.71, 328, 160, 9.8)]
    [InlineData("64x6", 17.3, 0.186, 22.5, 64, 0.68)]
    [InlineData("128x8", 9.4, 0.101, 12.3, 64, 0.37)]
    public void Shape_OnA6000_HasTheReferencesTimes(string name, double megabytes, double alpha, double weights, double beta, double copy)
    {
        ModelShape shape = ModelShapes.Find(name)!;
        ShapeTiming timing = ShapeTiming.Of(shape, Testbeds.Find("8xa6000"), TimeShape.Roofline);

        Assert.Equal(megabytes, shape.ExpertBytes / 1e6, megabytes * 0.01);
        Assert.Equal(alpha, timing.Replica.SecondsPerToken * 1e6, alpha * 0.01);
        Assert.Equal(weights, timing.Replica.WeightSeconds * 1e6, weights * 0.01);
        Assert.Equal(beta, timing.SecondsPerTokenMoved * 1e9, beta * 0.01);
        Assert.Equal(copy, timing.LoadSeconds * 1e3, copy * 0.01);
        Assert.Equal(121.1, timing.Replica.Crossover, 0.1);
    }

    [Theory]
    [InlineData("mixtral-8x7b", 2.97)]
    [InlineData("phi-3.5-moe", 3.45)]
    [InlineData("llama-4-scout", 0.08)]
    [InlineData("64x6", 11.6)]
    [InlineData("128x8", 5.2)]
    public void Shape_OnA6000_LeavesTheReferencesRoom(string name, double copiesPerExpert)
    {
        ModelShape shape = ModelShapes.Find(name)!;
        Testbed testbed = Testbeds.Find("8xa6000");

        double room = testbed.Devices * (double)(testbed.DeviceMemory - shape.NonExpertBytes);
        double experts = (double)shape.Layers * shape.Experts * shape.ExpertBytes;

        Assert.Equal(copiesPerExpert, (room / experts) - 1, 0.02 + (copiesPerExpert * 0.02));
    }
}
