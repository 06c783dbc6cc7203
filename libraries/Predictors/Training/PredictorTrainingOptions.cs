using DaprMoE.Scheduling;

namespace DaprMoE.Predictors;

/// <summary>How predictors are trained.</summary>
public sealed record PredictorTrainingOptions
{
    /// <value>Distances d to train for: layers ahead. The default is 1 to 4.</value>
    public IReadOnlyList<int> Distances { get; init; } = [1, 2, 3, 4];

    /// <value>Held-out hit rate h below which a copied gate is tuned, 0 to 1. The default is 0.80.</value>
    public double TrainBelow { get; init; } = PolicyDefaults.TrainBelowAccuracy;

    /// <value>
    /// A topic to leave out of training and to report on, so that the report says what happens on one never seen. The default is none.
    /// </value>
    public string? LeaveOut { get; init; }

    /// <value>
    /// Newest prompts of the recording that count <see cref="NewestWeight"/> times, so that a new topic is learned from a few; with
    /// <see cref="LeaveOut"/> so many prompts of the topic are not left out, and count likewise. The default is 0.
    /// </value>
    public int NewestPrompts { get; init; }

    /// <value>How often the newest prompts count. The default is 8.</value>
    public int NewestWeight { get; init; } = 8;

    /// <value>Seed of the split, the order of rows and the start of the two-layer networks. The default is 0.</value>
    public int Seed { get; init; }

    /// <value>Two-layer networks per pair, each from a start of its own; the best on early-stop rows is kept. The default is 3.</value>
    public int MlpSeeds { get; init; } = 3;

    /// <value>Units of a two-layer network, a multiple of 32. The default is 512.</value>
    public int MlpUnits { get; init; } = 512;

    /// <value>Most passes over the rows for a gate. The default is 30.</value>
    public int GateEpochs { get; init; } = 30;

    /// <value>Most passes over the rows for a two-layer network. The default is 12.</value>
    public int MlpEpochs { get; init; } = 12;

    /// <value>Threads that train. The default is one per core.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
