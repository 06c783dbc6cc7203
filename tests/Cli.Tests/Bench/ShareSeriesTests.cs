namespace DaprMoE.Cli.Tests;

public sealed class ShareSeriesTests
{
    [Fact]
    public void Measure_SteadyMachine_TakesTheMedianOfOneSeries()
    {
        Queue<double> reached = new([48, 52, 50]);
        ShareSeries series = ShareSeries.Measure(3, () => 100, reached.Dequeue);
        Assert.Equal((0.50, 0.48, 0.52, 100.0, 1), (series.Median, series.Least, series.Most, series.LimitPerSecond, series.Attempts));
        Assert.True(series.IsConclusive);
    }

    [Fact]
    public void Measure_LimitMoves_ComparesWithTheMeanOfBothProbes()
    {
        Queue<double> probes = new([80, 120]);
        ShareSeries series = ShareSeries.Measure(1, probes.Dequeue, () => 50);

        // One triple has no band, so repeating it would not make it conclusive.
        Assert.Equal((0.5, false, 1), (series.Median, series.IsConclusive, series.Attempts));
    }

    [Fact]
    public void Measure_WideBandThenSteady_RepeatsTheSeries()
    {
        Queue<double> reached = new([10, 50, 90, 50, 50, 50]);
        ShareSeries series = ShareSeries.Measure(3, () => 100, reached.Dequeue);
        Assert.Equal((0.5, 2), (series.Median, series.Attempts));
    }

    [Fact]
    public void Measure_NeverSteady_IsInconclusiveAfterFiveSeries()
    {
        int run = 0;
        ShareSeries series = ShareSeries.Measure(3, () => 100, () => 10 * (1 + (run++ % 3)));
        Assert.Equal(5, series.Attempts);
        Assert.False(series.IsConclusive);
    }
}
