namespace DaprMoE.Predictors;

/// <summary>The three measures of a predictor for one layer, on held-out prompts. Null where there is nothing to measure.</summary>
/// <param name="HitRate">Share of the chosen experts that were foreseen, all tokens.</param>
/// <param name="PromptHitRate">The same over prompt tokens.</param>
/// <param name="DecodeHitRate">The same over generated tokens.</param>
/// <param name="PrefillAccuracy">Load accuracy, 1 − ½·L1, of iterations of 512 prompt tokens.</param>
/// <param name="DecodeAccuracy">Load accuracy of iterations of 64 generated tokens.</param>
/// <param name="PrefillCorrelation">Pearson's r of forecast and actual loads over the prefill iterations and experts.</param>
/// <param name="DecodeCorrelation">The same over the decode iterations.</param>
public sealed record ForecastMeasures(
    double? HitRate,
    double? PromptHitRate,
    double? DecodeHitRate,
    double? PrefillAccuracy,
    double? DecodeAccuracy,
    double? PrefillCorrelation,
    double? DecodeCorrelation);
