using CsCheck;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class FeatureMakerTests
{
    /// <summary>What comes in and after the forecast window does not reach its features: a forecast can't know it.</summary>
    [Fact]
    public void Fill_OtherFuture_GivesTheSameFeatures() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[20, 30]).Sample((seed, target) =>
        {
            IReadOnlyList<LoadWindow> windows = new TopicWindows(seed).Take(40);
            IReadOnlyList<LoadWindow> others = new TopicWindows(seed + 1).Take(40);
            LoadSeries one = SeriesOf(windows);
            LoadSeries other = SeriesOf([.. windows.Take(target), .. others.Skip(target)]);
            Assert.Equal(Rows(one, target), Rows(other, target));
            Assert.NotEqual(one[target].Loads, other[target].Loads);
        }, iter: 10);

    [Fact]
    public void Fill_WindowToCome_IsMadeFromWhatIsThere()
    {
        LoadSeries series = SeriesOf(new TopicWindows(1).Take(30));
        Assert.All(Rows(series, series.Next), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Fill_OneLayer_HasNoNeighboursButItself()
    {
        TopicWindows windows = new(1, new LayerShape(1, 4));
        LoadSeries series = SeriesOf(windows.Take(30));
        Assert.All(Rows(series, series.Next), value => Assert.True(float.IsFinite(value)));
    }

    internal static LoadSeries SeriesOf(IReadOnlyList<LoadWindow> windows)
    {
        LoadSeries series = new(windows[0].Shape, 256);
        foreach (LoadWindow window in windows)
        {
            series.Add(window);
        }

        return series;
    }

    private static float[] Rows(LoadSeries series, int window)
    {
        FeatureMaker maker = new(series, RelatedExperts.Find(series, 1, 20), new MatchedWindows(first: 1, penalty: 0.2));
        float[] rows = new float[series.Shape.Count * FeatureSet.All];
        for (int expert = 0; expert < series.Shape.Count; expert++)
        {
            maker.Fill(window, expert, rows.AsSpan(expert * FeatureSet.All, FeatureSet.All));
        }

        return rows;
    }
}
