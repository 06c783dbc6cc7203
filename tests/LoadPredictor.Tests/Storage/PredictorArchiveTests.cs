using CsCheck;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class PredictorArchiveTests
{
    private static readonly LoadSeries Series = FeatureMakerTests.SeriesOf(new TopicWindows(5).Take(100));

    private static readonly Lazy<FitOutcome> Outcome = new(() => new CandidateFitter(new FitSettings()).Fit(Series));

    [Fact]
    public void Unpack_WhatWasPacked_ForecastsTheSameBits()
    {
        StoredPredictor stored = Again(Pack());
        ILoadCandidate again = PredictorArchive.Unpack(stored, "tiny-moe", Series);
        float[] expected = Forecast(Outcome.Value.Best.Candidate);
        Assert.Equal(expected, Forecast(again));
    }

    [Fact]
    public void Unpack_EachRegression_ForecastsTheSameBits()
    {
        RelatedExperts related = RelatedExperts.Find(Series, 9, 75);
        MatchedWindows matched = new(MatchedWindows.FirstOf(Series), 0.2);
        TrainingRows rows = new(new FeatureMaker(Series, related, matched), [.. Enumerable.Range(20, 50)], most: 100_000);
        foreach (string kind in (string[])[RegressionTrainer.Trees, RegressionTrainer.Linear])
        {
            Microsoft.ML.ITransformer model = new RegressionTrainer(1).Fit(kind, rows);
            RegressionCandidate candidate = new(kind, related, matched, RegressionTrainer.ScorerOf(model));
            StoredPredictor stored = Again(PredictorArchive.Pack(
                "tiny-moe", TopicWindows.Shape, new FitOutcome(new CandidateScore(candidate, 0.9), [], model, rows.Schema, 8)));
            Assert.Equal(Forecast(candidate), Forecast(PredictorArchive.Unpack(stored, "tiny-moe", Series)));
        }
    }

    [Fact]
    public void Unpack_Smoothing_KeepsItsMemory()
    {
        FitOutcome outcome = Outcome.Value with { Best = new CandidateScore(new Smoothing(0.7f), 0.8), Model = null };
        StoredPredictor stored = Again(PredictorArchive.Pack("tiny-moe", TopicWindows.Shape, outcome));
        Assert.Equal(0.7f, Assert.IsType<Smoothing>(PredictorArchive.Unpack(stored, "tiny-moe", Series)).Newest);
    }

    [Fact]
    public void Unpack_OtherModel_IsRefusedByName()
    {
        DocumentException error = Assert.Throws<DocumentException>(() => PredictorArchive.Unpack(Again(Pack()), "other-moe", Series));
        Assert.Contains("predictor/regression was fitted for tiny-moe", error.Message, StringComparison.Ordinal);
        Assert.Contains("served is other-moe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unpack_ArchiveThatIsNone_IsRefusedByName()
    {
        StoredPredictor stored = Again(Pack() with { Archive = [.. "PK no archive at all"u8] });
        DocumentException error = Assert.Throws<DocumentException>(() => PredictorArchive.Unpack(stored, "tiny-moe", Series));
        Assert.Contains("archive of 20 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_AnyChangedByte_IsRefused()
    {
        byte[] bytes = StoredPredictorCodec.Encode(Pack());
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample((place, change) =>
        {
            byte[] changed = [.. bytes];
            changed[place] ^= change;
            Assert.Throws<DocumentException>(() => StoredPredictorCodec.Decode(changed));
        });
    }

    [Fact]
    public void Decode_CutOff_IsRefused()
    {
        byte[] bytes = StoredPredictorCodec.Encode(Pack());
        Gen.Int[0, bytes.Length - 1].Sample(
            length => Assert.Throws<DocumentException>(() => StoredPredictorCodec.Decode(bytes.AsMemory(0, length))));
    }

    private static StoredPredictor Pack() => PredictorArchive.Pack("tiny-moe", TopicWindows.Shape, Outcome.Value);

    private static StoredPredictor Again(StoredPredictor stored) => StoredPredictorCodec.Decode(StoredPredictorCodec.Encode(stored));

    private static float[] Forecast(ILoadCandidate candidate)
    {
        float[] loads = new float[TopicWindows.Shape.Count];
        candidate.Forecast(Series, Series.Next, loads);
        return loads;
    }
}
