using Microsoft.ML;

namespace DaprMoE.LoadPredictor;

/// <summary>Refits all candidates on the older windows and lets the newest ones, which none has seen, decide.</summary>
/// <param name="settings">Bounds and seed.</param>
/// <param name="train">Fits a regression of a kind; null for <see cref="RegressionTrainer"/>.</param>
internal sealed class CandidateFitter(FitSettings settings, Func<string, TrainingRows, ITransformer>? train = null)
{
    private const int LeastHeldOut = 8;

    /// <summary>Keeps penalties above 0 where nothing was announced.</summary>
    private const double LeastChange = 1e-6;

    /// <summary>Penalties of the matched windows that a fit chooses from, as parts of their mean squared change.</summary>
    private static readonly double[] Penalties = [0.1, 0.3, 1];

    private readonly Func<string, TrainingRows, ITransformer> _train = train ?? new RegressionTrainer(settings.Seed).Fit;

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
        List<Fitted> fitted = [new(FitSmoothing(series, first, end), null)];
        List<string> missing = [];
        foreach (string kind in (string[])[RegressionTrainer.Linear, RegressionTrainer.Trees])
        {
            try
            {
                ITransformer model = _train(kind, rows);
                fitted.Add(new(new RegressionCandidate(kind, related, matched, RegressionTrainer.ScorerOf(model)), model));
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or TypeInitializationException)
            {
                missing.Add($"{kind}: {exception.GetBaseException().Message}");
            }
        }

        CandidateScore[] scores = [.. fitted.Select(one => CandidateScore.Of(one.Candidate, series, end, series.Next))];
        CandidateScore best = scores.MaxBy(score => score.Accuracy)!;
        ITransformer? served = fitted.Single(one => one.Candidate == best.Candidate).Model;
        return new FitOutcome(best, scores, served, rows.Schema, heldOut) { Missing = missing };
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

    private sealed record Fitted(ILoadCandidate Candidate, ITransformer? Model);
}
