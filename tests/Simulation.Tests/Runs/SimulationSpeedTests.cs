using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class SimulationSpeedTests
{
    private const double LeastPerSecond = 10_000;

    /// <summary>A neighbour on the same core slows any single try; a slow simulator is slow in all of them.</summary>
    private const int Tries = 12;

    public static TheoryData<string> Policies() => [.. PolicyRegistry.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Run_OnOneCore_DoesTenThousandLayersASecond(string policy)
    {
        SimulationSettings settings =
            Cells.Of("64x6", "64") with { Iterations = 400, Policies = new() { Moeless = new() { MinTokens = 1 } } };
        double best = 0;
        for (int attempt = 0; attempt < Tries && best < LeastPerSecond; attempt++)
        {
            best = Math.Max(best, LayersPerSecond(settings, policy));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{policy}: {best:0} layer-iterations per second and core, routing excluded");
        Assert.True(best >= LeastPerSecond, $"{best:0} layer-iterations per second");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Run_Layer_AllocatesLittle(string policy)
    {
        SimulationSettings settings =
            Cells.Of("64x6", "64") with { Iterations = 1000, Policies = new() { Moeless = new() { MinTokens = 1 } } };
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        PolicyResult result = Cells.Run(settings, policy);

        double bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)result.LayerIterations;
        Assert.True(bytes < 1000, $"{bytes:0} B per layer-iteration");
    }

    private static double LayersPerSecond(SimulationSettings settings, string policy)
    {
        TimeSpan routing = RoutingTime(settings);
        TimeSpan started = ThreadTime.Now();
        PolicyResult result = Cells.Run(settings, policy);
        TimeSpan took = ThreadTime.Now() - started - routing;
        return took > TimeSpan.Zero ? result.LayerIterations / took.TotalSeconds : 0;
    }

    // Generation does not count; history is drawn by the run too, but not here.
    private static TimeSpan RoutingTime(SimulationSettings settings)
    {
        IRouting routing = new Cell(settings).CreateRouting();
        Batch batch = Batch.OfTokens(64);
        TimeSpan started = ThreadTime.Now();
        for (int iteration = 0; iteration < settings.Iterations; iteration++)
        {
            routing.MoveNext(batch);
        }

        return ThreadTime.Now() - started;
    }
}
