using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class MatchedWindowsTests
{
    /// <summary>Loads that follow from the announced mix alone are read off exactly, mixes that were never seen included.</summary>
    [Fact]
    public void Match_LoadsThatFollowFromTheAnnouncement_AreFound()
    {
        LoadSeries series = FeatureMakerTests.SeriesOf(new TopicWindows(3).Take(60));
        MatchedWindows matched = new(first: 1, penalty: 2e-4);
        double accuracy = CandidateScore.Of(new MatchedCandidate(matched), series, 40, 60).Accuracy;
        double smoothing = CandidateScore.Of(Smoothing.Default, series, 40, 60).Accuracy;
        Assert.True(accuracy > 0.98, $"load accuracy {accuracy}");
        Assert.True(smoothing < 0.85, $"smoothing alone has {smoothing}");
    }

    [Fact]
    public void Match_NothingAnnounced_IsNoChange()
    {
        LoadSeries series = FeatureMakerTests.SeriesOf(new TopicWindows(3) { Announce = false }.Take(30));
        float[] changes = new float[TopicWindows.Shape.Count];
        new MatchedWindows(first: 1, penalty: 0.2).Match(series, 30, changes);
        Assert.All(changes, change => Assert.Equal(0, change));
    }

    [Fact]
    public void Match_GrownOrAtOnce_IsTheSame()
    {
        LoadSeries series = FeatureMakerTests.SeriesOf(new TopicWindows(3).Take(50));
        MatchedWindows grown = new(first: 1, penalty: 0.2);
        float[] changes = new float[TopicWindows.Shape.Count];
        float[] atOnce = new float[TopicWindows.Shape.Count];
        for (int window = 9; window <= 50; window++)
        {
            grown.Match(series, window, changes);
            MatchedWindows fresh = new(first: 1, penalty: 0.2);
            fresh.Match(series, 9, atOnce);
            fresh.Match(series, window, atOnce);
            Assert.Equal(atOnce, changes);
        }
    }

    [Fact]
    public void Match_OldestWindowsGone_IsNoChange()
    {
        LoadSeries series = new(TopicWindows.Shape, 16);
        foreach (LoadWindow window in new TopicWindows(3).Take(40))
        {
            series.Add(window);
        }

        float[] changes = new float[TopicWindows.Shape.Count];
        new MatchedWindows(first: 1, penalty: 0.2).Match(series, 40, changes);
        Assert.All(changes, change => Assert.Equal(0, change));
    }
}
