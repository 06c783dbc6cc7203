using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class SlowLoopTests
{
    [Theory]
    [InlineData("static")]
    [InlineData("auto")]
    [InlineData("eplb")]
    public void Plans_WithoutForecast_AreMadeEveryFewWindows(string policy)
    {
        SimulationSettings settings = Cells.Of("mixtral-8x7b", "4096") with { Layers = 2, Iterations = 900 };

        PolicyResult result = Cells.Run(settings, policy);

        double turn = PolicyDefaults.WindowsPerPlan * PolicyDefaults.LoadWindow.TotalSeconds;
        int turns = (int)(result.Seconds / turn);
        Assert.InRange(turns, 2, 10);
        Assert.Equal(2 * (1 + turns), result.Reasons.Values.Sum());
    }

    [Fact]
    public void Plans_FromForecasts_AreMadeEveryIteration()
    {
        SimulationSettings settings = Cells.Of("mixtral-8x7b", "4096") with { Layers = 2, Iterations = 20 };

        Assert.Equal(2 * (1 + 20), Cells.Run(settings, "moeless").Reasons.Values.Sum());
    }

    [Fact]
    public void Turns_AfterALongPause_AreOne()
    {
        Cell cell = new(Cells.Of("mixtral-8x7b", "8"));
        ReplicaMemory memory = new(cell, "static");
        PlanMaker plans = new(PolicyRegistry.Create("static", new PolicyOptions()), cell, new LoadWindows(6, 8, 1, seed: 1), cell.CreateRouting());
        SlowLoop loop = new(cell, plans, memory, new PlanFollower(cell, memory));

        loop.PassTime(0, 4.9);
        Assert.Equal(0, loop.Turns);
        loop.PassTime(4.9, 63);
        Assert.Equal(1, loop.Turns);
        loop.PassTime(63, 64.9);
        Assert.Equal(1, loop.Turns);
        loop.PassTime(64.9, 65);
        Assert.Equal(2, loop.Turns);
    }
}
