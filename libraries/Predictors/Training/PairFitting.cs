using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Fits and measures everything for one pair of layers, and decides what serves.</summary>
/// <param name="model">The model.</param>
/// <param name="parts">The recording.</param>
/// <param name="options">How to train.</param>
/// <param name="fitted">Told when a network is fitted: <see cref="Steps"/> times for each pair.</param>
/// <param name="cancellationToken">Ends training.</param>
internal sealed class PairFitting(
    PackedModel model, RecordingParts parts, PredictorTrainingOptions options, Action fitted, CancellationToken cancellationToken)
{
    /// <summary>Networks of one pair.</summary>
    public static int Steps(PredictorTrainingOptions options) => 1 + options.MlpSeeds;

    public (PairPredictors Predictors, LayerReport Report) Fit(LayerPair pair)
    {
        using PairData data = new(model, parts, pair);
        PairTrainer trainer = new(model, parts, options, cancellationToken);
        LayerBaselines baselines = new(parts, pair.Target);
        (Candidate raw, Candidate copy) = trainer.Copies(data);
        double constants = Math.Max(baselines.BestScore, Candidate.Score(copy.EarlyStop));
        Candidate? tuned = trainer.TuneGate(data, copy);
        fitted();
        bool keepTuned = tuned is not null && Candidate.Score(tuned.EarlyStop) > Candidate.Score(copy.EarlyStop);
        Candidate gate = keepTuned ? tuned! : copy with { Name = PredictorNames.SpeculativeGate };
        ServedNetwork gateServes = new(
            gate.Weights, gate.Form, keepTuned, Candidate.Score(gate.EarlyStop) >= constants && Candidate.Score(gate.EarlyStop) > baselines.BestScore);

        List<(Candidate Network, double Error)> mlps = [];
        for (int i = 0; i < options.MlpSeeds; i++)
        {
            mlps.Add(trainer.FitMlp(data, options.Seed + i));
            fitted();
        }

        Candidate? mlp = mlps.Count == 0 ? null : mlps.MinBy(fit => fit.Error).Network;
        ServedNetwork? mlpServes = mlp is null ? null : new(mlp.Weights, mlp.Form, true, Candidate.Score(mlp.EarlyStop) > constants);
        string best = Best(gate, gateServes, mlp, mlpServes);

        List<MeasuredPredictor> measured = [raw.Measured(false), copy.Measured(false), gate.Measured(keepTuned)];
        if (mlps.Count > 0)
        {
            measured.Add(SeedMean.Of([.. mlps.Select(fit => fit.Network)]));
        }

        LayerReport report = new(data.Target.Layer, data.SourceLayer, pair.Distance, [.. measured, .. baselines.Measured], best);
        return (new PairPredictors(pair, gateServes, mlpServes, best), report);
    }

    private static string Best(Candidate gate, ServedNetwork gateServes, Candidate? mlp, ServedNetwork? mlpServes)
    {
        bool gateMay = gateServes.BeatsConstants;
        bool mlpMay = mlpServes is { BeatsConstants: true };
        return (gateMay, mlpMay) switch
        {
            (false, false) => PredictorNames.MovingAverage,
            (true, false) => PredictorNames.SpeculativeGate,
            (false, true) => PredictorNames.SpeculativeMlp,
            _ => Candidate.Score(mlp!.EarlyStop) > Candidate.Score(gate.EarlyStop) ? PredictorNames.SpeculativeMlp : PredictorNames.SpeculativeGate,
        };
    }
}
