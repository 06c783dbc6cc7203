namespace DaprMoE.Simulation.Tests;

/// <summary>
/// The generator is right when static placement on 8 devices is as unbalanced as in the reference: mean of 4 seeds within 3 deviations.
/// </summary>
public sealed class MixRoutingTests
{
    private const int Devices = 8;
    private const int Layers = 6;
    private const int Iterations = 8;

    [Theory]
    [InlineData(1.0, 8, 2, 2.25, 0.05, 1.84, 0.04, 1.89, 0.03, 1.89, 0.07)]
    [InlineData(1.0, 16, 2, 2.27, 0.10, 1.78, 0.08, 1.86, 0.07, 1.80, 0.07)]
    [InlineData(1.0, 16, 1, 2.77, 0.14, 1.91, 0.04, 1.96, 0.07, 1.87, 0.07)]
    [InlineData(1.0, 64, 6, 1.76, 0.05, 1.59, 0.04, 1.62, 0.05, 1.55, 0.05)]
    [InlineData(1.0, 128, 8, 1.68, 0.04, 1.54, 0.04, 1.62, 0.07, 1.48, 0.03)]
    [InlineData(0.5, 8, 2, 2.05, 0.04, 1.49, 0.02, 1.43, 0.04, 1.38, 0.02)]
    [InlineData(0.5, 16, 2, 2.08, 0.08, 1.44, 0.03, 1.36, 0.02, 1.35, 0.03)]
    [InlineData(0.5, 16, 1, 2.61, 0.09, 1.61, 0.03, 1.41, 0.03, 1.37, 0.03)]
    [InlineData(0.5, 64, 6, 1.61, 0.04, 1.28, 0.01, 1.24, 0.02, 1.22, 0.03)]
    [InlineData(0.5, 128, 8, 1.52, 0.03, 1.23, 0.02, 1.20, 0.02, 1.15, 0.02)]
    public void StaticImbalance_OfShape_LiesInTheBand(
        double zipf,
        int experts,
        int topK,
        double at8,
        double dev8,
        double at64,
        double dev64,
        double at512,
        double dev512,
        double at4096,
        double dev4096)
    {
        AssertBand(zipf, experts, topK, 8, at8, dev8);
        AssertBand(zipf, experts, topK, 64, at64, dev64);
        AssertBand(zipf, experts, topK, 512, at512, dev512);
        AssertBand(zipf, experts, topK, 4096, at4096, dev4096);
    }

    [Fact]
    public void Loads_OfEveryLayer_AddUpToTheTokens()
    {
        IRouting routing = RoutingRegistry.Create("mix", Settings(1.2, 16, 16, 3));
        Batch batch = Batch.OfTokens(1500);
        for (int iteration = 0; iteration < 3; iteration++)
        {
            routing.MoveNext(batch);
            for (int layer = 0; layer < routing.Layers; layer++)
            {
                Assert.All(routing.Loads(layer).ToArray(), load => Assert.Equal(1500, load));
            }
        }
    }

    private static void AssertBand(double zipf, int experts, int topK, int tokens, double expected, double deviation)
    {
        double mean = Enumerable.Range(1, 4).Average(seed => Imbalance(Settings(zipf, experts, topK, (ulong)seed), tokens));
        Assert.True(
            Math.Abs(mean - expected) <= 3 * deviation,
            $"zipf {zipf}, {experts}/{topK}, {tokens} tokens: max/mean {mean:0.000}, expected {expected} ± 3 · {deviation}");
    }

    private static double Imbalance(RoutingSettings settings, int tokens)
    {
        IRouting routing = RoutingRegistry.Create("mix", settings);
        Batch batch = Batch.OfTokens(tokens);
        double sum = 0;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            routing.MoveNext(batch);
            for (int layer = 0; layer < Layers; layer++)
            {
                int[] devices = new int[Devices];
                for (int expert = 0; expert < settings.Experts; expert++)
                {
                    devices[expert * Devices / settings.Experts] += routing.Loads(layer)[expert];
                }

                sum += devices.Max() / devices.Average();
            }
        }

        return sum / (Iterations * Layers);
    }

    private static RoutingSettings Settings(double zipf, int experts, int topK, ulong seed) =>
        new() { Layers = Layers, Experts = experts, TopK = topK, Seed = seed, Zipf = zipf };
}
