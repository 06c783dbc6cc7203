using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Fits the networks of one pair of layers.</summary>
internal sealed class PairTrainer(PackedModel model, RecordingParts parts, PredictorTrainingOptions options, CancellationToken cancellationToken)
{
    /// <summary>
    /// λ of the pull to the copied gate. Tuning to the softmax of the real gate with this pull stays above the untrained copy on topics that
    /// training never saw.
    /// </summary>
    private const double Pull = 0.005;

    /// <summary>
    /// Hit rate that the target of chosen experts must win over the softmax to be taken: it is the sharper target where the copied gate is far
    /// off, and the one that loses on topics not seen.
    /// </summary>
    private const double LeastGain = 0.05;

    private const int Minibatch = 512;

    /// <summary>The copies, as they are and with the norms folded in.</summary>
    public (Candidate Raw, Candidate Folded) Copies(PairData data) =>
        (data.Measure(PredictorNames.RawCopy, GateCopy.Raw(model, data.Target.Layer)),
            data.Measure(PredictorNames.UntrainedCopy, GateCopy.Folded(model, data.SourceLayer, data.Target.Layer)));

    /// <summary>Tunes the copied gate where it is below h; null where it is good enough as it is.</summary>
    public Candidate? TuneGate(PairData data, Candidate copy)
    {
        if (Candidate.HitRate(copy.EarlyStop) >= options.TrainBelow)
        {
            return null;
        }

        Candidate tuned = FitGate(data, copy, data.FullTargets, Pull);
        if (Candidate.HitRate(tuned.EarlyStop) >= options.TrainBelow)
        {
            return tuned;
        }

        Candidate sharp = FitGate(data, copy, data.EvenTargets, pull: 0);
        return Candidate.HitRate(sharp.EarlyStop) > Candidate.HitRate(tuned.EarlyStop) + LeastGain ? sharp : tuned;
    }

    /// <summary>Trains a two-layer network from a random start.</summary>
    /// <returns>The network, and its error on the early-stop prompts.</returns>
    public (Candidate Network, double Error) FitMlp(PairData data, int seed)
    {
        using TwoLayerNetwork network = new(data.Inputs.Width, options.MlpUnits, data.Target.Experts, Minibatch);
        network.Draw(new Random(seed));
        TrainingOptions training = new() { Epochs = options.MlpEpochs, Minibatch = Minibatch, Seed = seed };
        double error = Fit(network, data, data.FullTargets, training);
        return (data.Measure(PredictorNames.SpeculativeMlp, network.ToWeights()), error);
    }

    private Candidate FitGate(PairData data, Candidate copy, float[] targets, double pull)
    {
        using LinearNetwork network = new(data.Inputs.Width, data.Target.Experts, Minibatch);
        network.Set(copy.Weights.Layers[0].Widen(), copy.Weights.Layers[0].Bias);
        Fit(network, data, targets, new TrainingOptions { Epochs = options.GateEpochs, Minibatch = Minibatch, Pull = pull, Seed = options.Seed });
        return data.Measure(PredictorNames.SpeculativeGate, network.ToWeights());
    }

    private double Fit(TrainableNetwork network, PairData data, float[] targets, TrainingOptions training)
    {
        using NetworkTrainer trainer = new(network, data.Inputs, targets, training);
        return trainer.Train(parts.TrainRows, parts.EarlyStop.Rows, cancellationToken);
    }
}
