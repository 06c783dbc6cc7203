using Microsoft.ML;
using Microsoft.ML.Data;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class CandidateFitterTests
{
    private static readonly LoadSeries Announced = FeatureMakerTests.SeriesOf(new TopicWindows(5).Take(100));

    [Fact]
    public void Fit_SameSeed_IsTheSameModel()
    {
        FitOutcome one = new CandidateFitter(new FitSettings()).Fit(Announced);
        FitOutcome two = new CandidateFitter(new FitSettings()).Fit(Announced);
        Assert.Equal(one.Scores.Select(score => score.Accuracy), two.Scores.Select(score => score.Accuracy));
        Assert.Equal(Forecasts(one), Forecasts(two));
    }

    [Fact]
    public void Fit_AnnouncedMix_ARegressionWins()
    {
        FitOutcome outcome = new CandidateFitter(new FitSettings()).Fit(Announced);
        double smoothing = outcome.Scores.Single(score => score.Candidate is Smoothing).Accuracy;
        Assert.Equal(["smoothing", "linear", "lightgbm"], outcome.Scores.Select(score => score.Candidate.Name));
        Assert.IsType<RegressionCandidate>(outcome.Best.Candidate);
        Assert.True(outcome.Best.Accuracy > smoothing + 0.05, $"{outcome.Best.Accuracy} against {smoothing}");
        Assert.NotNull(outcome.Model);
        Assert.Equal(25, outcome.HeldOut);
    }

    [Fact]
    public void Fit_NativeLibraryMissing_TheOthersCompete()
    {
        FitSettings settings = new();
        CandidateFitter fitter = new(settings, (kind, rows) => kind == RegressionTrainer.Trees
            ? throw new DllNotFoundException("libgomp.so.1")
            : new RegressionTrainer(settings.Seed).Fit(kind, rows));
        FitOutcome outcome = fitter.Fit(Announced);
        Assert.Equal(["smoothing", "linear"], outcome.Scores.Select(score => score.Candidate.Name));
        Assert.Equal(["lightgbm: libgomp.so.1"], outcome.Missing);
    }

    [Fact]
    public void Fit_NoiseAroundAMean_SmoothingIsHardToBeat()
    {
        LoadSeries series = FeatureMakerTests.SeriesOf(new TopicWindows(5) { Announce = false }.Take(100));
        FitOutcome outcome = new CandidateFitter(new FitSettings { UseExpectations = false }).Fit(series);
        double smoothing = outcome.Scores.Single(score => score.Candidate is Smoothing).Accuracy;
        // History can't tell the next mix: who wins, wins by little.
        Assert.InRange(outcome.Best.Accuracy - smoothing, 0, 0.03);
    }

    [Fact]
    public void Scorers_OfBothRegressions_GiveWhatThePipelineGives()
    {
        RelatedExperts related = RelatedExperts.Find(Announced, 9, 75);
        FeatureMaker maker = new(Announced, related, new MatchedWindows(1, 0.2));
        TrainingRows rows = new(maker, [.. Enumerable.Range(20, 50)], most: 100_000);
        foreach (string kind in (string[])[RegressionTrainer.Trees, RegressionTrainer.Linear])
        {
            ITransformer model = new RegressionTrainer(seed: 1).Fit(kind, rows);
            float[] pipeline = [.. model.Transform(rows).GetColumn<float>("Score")];
            float[][] features = [.. rows.GetColumn<float[]>(TrainingRows.FeaturesColumn)];
            IRowScorer scorer = RegressionTrainer.ScorerOf(model);
            for (int row = 0; row < pipeline.Length; row++)
            {
                Assert.Equal(pipeline[row], scorer.Score(features[row]), kind == RegressionTrainer.Trees ? 0f : 1e-4f);
            }
        }
    }

    [Fact]
    public void TrainingRows_MoreThanTheMost_AreAnEvenSelectionOfAllExperts()
    {
        FeatureMaker maker = new(Announced, RelatedExperts.Find(Announced, 9, 75), matched: null);
        TrainingRows rows = new(maker, [.. Enumerable.Range(9, 80)], most: 500);
        float[] labels = [.. rows.GetColumn<float>(TrainingRows.LabelColumn)];
        Assert.Equal(rows.GetRowCount(), labels.Length);
        Assert.InRange(labels.Length, 300, 500);
        Assert.True(labels.Distinct().Count() > 250);
    }

    private static float[] Forecasts(FitOutcome outcome)
    {
        float[] all = new float[outcome.Scores.Count * TopicWindows.Shape.Count];
        for (int i = 0; i < outcome.Scores.Count; i++)
        {
            Span<float> own = all.AsSpan(i * TopicWindows.Shape.Count, TopicWindows.Shape.Count);
            outcome.Scores[i].Candidate.Forecast(Announced, Announced.Next, own);
        }

        return all;
    }
}
