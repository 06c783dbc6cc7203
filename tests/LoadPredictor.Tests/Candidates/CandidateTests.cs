using CsCheck;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class CandidateTests
{
    private static readonly Lazy<FitOutcome> Outcome = new(() => Fit(new TopicWindows(1), new FitSettings()));

    private static FitOutcome Fit(TopicWindows windows, FitSettings settings) =>
        new CandidateFitter(settings).Fit(FeatureMakerTests.SeriesOf(windows.Take(80)));

    [Fact]
    public void Forecast_AnyCandidate_IsLoads() => Gen.Int[1, 1000].Sample(seed =>
    {
        LoadSeries series = FeatureMakerTests.SeriesOf(new TopicWindows(seed).Take(30));
        float[] loads = new float[TopicWindows.Shape.Count];
        foreach (ILoadCandidate candidate in (ILoadCandidate[])[.. Outcome.Value.Scores.Select(score => score.Candidate), MeanOfLast.Eight])
        {
            candidate.Forecast(series, series.Next, loads);
            for (int layer = 0; layer < TopicWindows.Shape.Layers; layer++)
            {
                Assert.Equal(TopicWindows.Shape.Experts, TopicWindows.Shape.Layer<float>(loads, layer).ToArray().Sum(), 2);
            }

            Assert.All(loads, load => Assert.True(load >= 0));
        }
    }, iter: 20, threads: 1);

    [Fact]
    public void Smoothing_ConstantLoads_StayAsTheyAre()
    {
        LoadWindow window = new TopicWindows(1).Next();
        LoadSeries series = FeatureMakerTests.SeriesOf([.. Enumerable.Repeat(window, 20)]);
        float[] loads = new float[TopicWindows.Shape.Count];
        Smoothing.Default.Forecast(series, series.Next, loads);
        for (int i = 0; i < loads.Length; i++)
        {
            Assert.Equal(series[0].Loads[i], loads[i], 4);
        }
    }

    [Fact]
    public void MeanOfLast_FewWindows_TakesThoseThereAre()
    {
        TopicWindows windows = new(1);
        LoadSeries series = FeatureMakerTests.SeriesOf([windows.Next()]);
        float[] loads = new float[TopicWindows.Shape.Count];
        MeanOfLast.Eight.Forecast(series, series.Next, loads);
        for (int i = 0; i < loads.Length; i++)
        {
            Assert.Equal(series[0].Loads[i], loads[i], 4);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-5f)]
    [InlineData(float.PositiveInfinity)]
    public void Normalise_ScoresThatAreNoLoads_CountAsNone(float score)
    {
        float[] loads = [score, 1, 3, 0];
        LayerSums.Normalise(new LayerShape(1, 4), loads);
        Assert.Equal([0, 1, 3, 0], loads);
    }

    [Fact]
    public void Normalise_NoScores_IsEven()
    {
        float[] loads = [-1, 0, float.NaN];
        LayerSums.Normalise(new LayerShape(1, 3), loads);
        Assert.Equal([1, 1, 1], loads);
    }
}
