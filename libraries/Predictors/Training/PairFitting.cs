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
        (Candidate gate, ServedNetwork gateServes) = FitGate(trainer, data, copy, baselines.BestScore);
        List<(Candidate Network, double Error)> mlps = FitMlps(trainer, data);
        Candidate? mlp = mlps.Count == 0 ? null : mlps.MinBy(fit => fit.Error).Network;
        double constants = Math.Max(baselines.BestScore, Candidate.Score(copy.EarlyStop));
        ServedNetwork? mlpServes = mlp is null ? null : new(mlp.Weights, mlp.Form, true, Candidate.Score(mlp.EarlyStop) > constants);
        string best = Best(gate, gateServes, mlp, mlpServes);

        List<MeasuredPredictor> measured = [raw.Measured(false), copy.Measured(false), gate.Measured(gateServes.IsTuned)];
        if (mlps.Count > 0)
        {
            measured.Add(SeedMean.Of([.. mlps.Select(fit => fit.Network)]));
        }

        LayerReport report = new(data.Target.Layer, data.SourceLayer, pair.Distance, [.. measured, .. baselines.Measured], best);
        return (new PairPredictors(pair, gateServes, mlpServes, best), report);
    }

    /// <summary>The tuned gate where it is better than the copy, else the copy.</summary>
    private (Candidate Gate, ServedNetwork Serves) FitGate(PairTrainer trainer, PairData data, Candidate copy, double constants)
    {
        Candidate? tuned = trainer.TuneGate(data, copy);
        fitted();
        bool isTuned = tuned is not null && Candidate.Score(tuned.EarlyStop) > Candidate.Score(copy.EarlyStop);
        Candidate gate = isTuned ? tuned! : copy with { Name = PredictorNames.SpeculativeGate };
        return (gate, new ServedNetwork(gate.Weights, gate.Form, isTuned, Candidate.Score(gate.EarlyStop) > constants));
    }

    private List<(Candidate Network, double Error)> FitMlps(PairTrainer trainer, PairData data)
    {
        List<(Candidate Network, double Error)> mlps = [];
        for (int i = 0; i < options.MlpSeeds; i++)
        {
            mlps.Add(trainer.FitMlp(data, options.Seed + i));
            fitted();
        }

        return mlps;
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
