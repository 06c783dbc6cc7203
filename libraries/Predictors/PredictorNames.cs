namespace DaprMoE.Predictors;

/// <summary>Names of predictors, as configuration, reports and recordings have them.</summary>
public static class PredictorNames
{
    /// <summary>A copy of a later layer's gate, tuned where it is not good enough as it is.</summary>
    public const string SpeculativeGate = "speculative-gate";

    /// <summary>A two-layer network trained from scratch on the same data.</summary>
    public const string SpeculativeMlp = "speculative-mlp";

    /// <summary>For each layer what was best on held-out prompts.</summary>
    public const string Speculative = "speculative";

    /// <summary>Expert shares by token id.</summary>
    public const string TokenTable = "token-table";

    /// <summary>The loads of the last iteration.</summary>
    public const string Last = "last";

    /// <summary>The mean of the last 8 iterations; also what the others fall back to.</summary>
    public const string MovingAverage = "moving-average";

    /// <summary>A later layer's gate as it is, in reports only.</summary>
    internal const string RawCopy = "raw-copy";

    /// <summary>A later layer's gate with both norms folded in: how <see cref="SpeculativeGate"/> begins.</summary>
    internal const string UntrainedCopy = "untrained-copy";

    /// <summary>The shares of the training prompts, in reports only.</summary>
    internal const string TrainingMean = "training-mean";
}
