using CsCheck;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class LoadSeriesTests
{
    [Fact]
    public void Add_Loads_AreSharesTimesExperts() => Gen.Int[0, 1000].Array[TopicWindows.Shape.Count].Sample(loads =>
    {
        LoadSeries series = new(TopicWindows.Shape, 4);
        series.Add(new TopicWindows(1).Next() with { Loads = loads });
        for (int layer = 0; layer < TopicWindows.Shape.Layers; layer++)
        {
            ReadOnlySpan<float> own = TopicWindows.Shape.Layer<float>(series[0].Loads, layer);
            float sum = 0;
            foreach (float load in own)
            {
                Assert.True(load >= 0);
                sum += load;
            }

            Assert.Equal(TopicWindows.Shape.Experts, sum, 3);
        }
    });

    [Fact]
    public void Add_MoreThanCapacity_KeepsTheNewest()
    {
        LoadSeries series = new(TopicWindows.Shape, 4);
        foreach (LoadWindow window in new TopicWindows(1).Take(10))
        {
            series.Add(window);
        }

        Assert.Equal((6, 10, 4), (series.First, series.Next, series.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => series[5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => series[11]);
    }

    [Fact]
    public void Add_WindowWithoutTokens_TakesItsExpectationOnly()
    {
        TopicWindows windows = new(1);
        LoadSeries series = new(TopicWindows.Shape, 4);
        series.Add(windows.Next());
        float[] before = [.. series[1].Expected];
        series.Add(windows.Next() with { PromptTokens = 0, DecodeTokens = 0, Loads = new int[TopicWindows.Shape.Count] });
        Assert.Equal(1, series.Next);
        Assert.NotEqual(before, series[1].Expected);
    }

    [Fact]
    public void Add_NothingAnnounced_ExpectsNoChange()
    {
        TopicWindows windows = new(1) { Announce = false };
        LoadSeries series = new(TopicWindows.Shape, 4);
        foreach (LoadWindow window in windows.Take(3))
        {
            series.Add(window);
        }

        Assert.Equal(series[2].ExpectedSmoothed, series[3].Expected);
        Assert.Equal(0, series[3].KnownTokens);
    }

    [Fact]
    public void Snapshot_SeriesGoesOn_StaysAsItWas()
    {
        TopicWindows windows = new(1);
        LoadSeries series = new(TopicWindows.Shape, 4);
        series.Add(windows.Next());
        LoadSeries snapshot = series.Snapshot();
        float[] loads = [.. snapshot[0].Loads];
        float[] expected = [.. snapshot[1].Expected];
        foreach (LoadWindow window in windows.Take(9))
        {
            series.Add(window);
        }

        Assert.Equal(1, snapshot.Next);
        Assert.Equal(loads, snapshot[0].Loads);
        Assert.Equal(expected, snapshot[1].Expected);
    }

    [Fact]
    public void Add_OtherShape_IsRefused() => Assert.Throws<ArgumentException>(
        () => new LoadSeries(new LayerShape(1, 2), 4).Add(new TopicWindows(1).Next()));
}
