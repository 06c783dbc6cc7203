using Microsoft.ML;

namespace DaprMoE.LoadPredictor;

/// <summary>Refits all candidates on the older windows and lets the newest ones, which none has seen, decide.</summary>
internal sealed class CandidateFitter(FitSettings settings)
{
    private const int LeastHeldOut = 8;

    /// <summary>Keeps penalties above 0 where nothing was announced.</summary>
    private const double LeastChange = 1e-6;

    /// <summary>Penalties of the matched windows that a fit chooses from, as parts of their mean squared change.</summary>
    private static readonly double[] Penalties = [0.1, 0.3, 1];

    private readonly RegressionTrainer _trainer = new(settings.Seed);

    /// <summary>Fits. Takes up to seconds of one thread; the same series gives the same outcome.</summary>
    /// <param name="series">A snapshot; nobody adds to it meanwhile.</param>
    public FitOutcome Fit(LoadSeries series)
    {
        int heldOut = Math.Max(LeastHeldOut, (int)(settings.HeldOut * series.Count));
        int first = series.First + FeatureMaker.Before + 1;
        int end = series.Next - heldOut;
        RelatedExperts related = RelatedExperts.Find(series, first, end);
        MatchedWindows? matched = settings.UseExpectations ? FitMatched(series, first, end) : null;
        FeatureMaker maker = new(series, related, matched);
        TrainingRows rows = new(maker, [.. Enumerable.Range(first, end - first)], settings.MaxRows);
        Fitted[] fitted =
        [
            new(FitSmoothing(series, first, end), null),
            Regression(RegressionTrainer.Linear, rows, related, matched),
            Regression(RegressionTrainer.Trees, rows, related, matched),
        ];
        CandidateScore[] scores = [.. fitted.Select(one => CandidateScore.Of(one.Candidate, series, end, series.Next))];
        CandidateScore best = scores.MaxBy(score => score.Accuracy)!;
        return new FitOutcome(best, scores, fitted.Single(one => one.Candidate == best.Candidate).Model, rows.Schema, heldOut);
    }

    private static Smoothing FitSmoothing(LoadSeries series, int from, int to) => Smoothing.Choices
        .Select(newest => new Smoothing(newest))
        .MaxBy(smoothing => CandidateScore.Of(smoothing, series, from, to).Accuracy)!;

    private static MatchedWindows FitMatched(LoadSeries series, int from, int to)
    {
        int first = MatchedWindows.FirstOf(series);
        double change = Math.Max(LeastChange, MatchedWindows.MeanSquaredChange(series, first, to));
        return Penalties
            .Select(part => new MatchedWindows(first, part * change))
            .MaxBy(matched => CandidateScore.Of(new MatchedCandidate(matched), series, Math.Max(from, (first + to) / 2), to).Accuracy)!;
    }

    private Fitted Regression(string kind, TrainingRows rows, RelatedExperts related, MatchedWindows? matched)
    {
        ITransformer model = _trainer.Fit(kind, rows);
        return new Fitted(new RegressionCandidate(kind, related, matched, RegressionTrainer.ScorerOf(model)), model);
    }

    private sealed record Fitted(ILoadCandidate Candidate, ITransformer? Model);
}
