using DaprMoE.Predictors;

namespace DaprMoE.Gateway;

/// <summary>What forecasts rest on, as viewers know it.</summary>
internal static class BasisNames
{
    public static string Of(ForecastBasis basis) => basis switch
    {
        ForecastBasis.Even => "even shares",
        ForecastBasis.Last => "last",
        ForecastBasis.MovingAverage => "moving-average",
        ForecastBasis.TokenTable => "token-table",
        ForecastBasis.UntrainedCopy => "untrained copy of the gate",
        ForecastBasis.SpeculativeGate => "speculative-gate",
        ForecastBasis.SpeculativeMlp => "speculative-mlp",
        _ => basis.ToString(),
    };
}
