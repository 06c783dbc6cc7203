using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class LoadWindowsTests
{
    [Fact]
    public void Window_OfBothKinds_GivesRealIterationsOfEach()
    {
        LoadWindows windows = new(layers: 1, experts: 2, samples: 40, seed: 1);
        for (int iteration = 0; iteration < 100; iteration++)
        {
            bool isPrefill = iteration % 10 == 0;
            windows.BeginIteration(isPrefill);
            windows.Count(0, isPrefill ? [1000 + iteration, 0] : [0, iteration]);
            windows.EndIteration(0.01 * (iteration + 1));
        }

        LoadHistory history = windows.Of(0);
        double[][] samples = [.. Enumerable.Range(0, history.Count).Select(age => history.Loads(age).ToArray())];
        Assert.Equal(8, samples.Length);
        Assert.Equal(4, samples.Count(loads => loads[0] >= 1000 && loads[0] % 10 == 0));
        Assert.Equal(4, samples.Count(loads => loads[0] == 0 && loads[1] is > 0 and < 100));
        Assert.Equal(8, samples.Select(loads => loads[0] + loads[1]).Distinct().Count());
        Assert.Equal(100, Enumerable.Range(0, history.Count).Sum(history.Weight), 1e-9);
    }

    [Fact]
    public void Window_ThatIsNotFull_GivesNothing()
    {
        LoadWindows windows = new(layers: 1, experts: 1, samples: 4, seed: 1);
        windows.BeginIteration(hasPrompts: false);
        windows.Count(0, [1]);
        windows.EndIteration(0.99);

        Assert.Equal(0, windows.Of(0).Count);
    }
}
