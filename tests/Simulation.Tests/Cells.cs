using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

/// <summary>Settings that tests start from: six layers of a model on eight A6000, copies there at once, as in the paper.</summary>
internal static class Cells
{
    public static SimulationSettings Of(string shape, string tokens) => new()
    {
        Testbed = Testbeds.Find("8xa6000"),
        Shape = ModelShapes.Find(shape)!,
        Layers = 6,
        Tokens = BatchSchedule.Parse(tokens),
        CopiesTakeTime = false,
        KeepAlive = TimeSpan.Zero,
    };

    public static PolicyResult Run(SimulationSettings settings, string policy) =>
        Simulator.Run(settings, policy, TestContext.Current.CancellationToken);
}
