namespace DaprMoE.Predictors;

/// <summary>What a forecast rests on.</summary>
public enum ForecastBasis
{
    /// <summary>Nothing is known yet: even shares.</summary>
    Even,

    /// <summary>The loads of the last iteration.</summary>
    Last,

    /// <summary>The mean of the last iterations, at most 8.</summary>
    MovingAverage,

    /// <summary>Shares by token id.</summary>
    TokenTable,

    /// <summary>A copy of the later layer's gate, not tuned.</summary>
    UntrainedCopy,

    /// <summary>A tuned copy of the later layer's gate.</summary>
    SpeculativeGate,

    /// <summary>A two-layer network.</summary>
    SpeculativeMlp,
}
