namespace DaprMoE.Predictors;

/// <summary>A network that may serve, with its measures.</summary>
/// <param name="Name">The predictor's name.</param>
/// <param name="Weights">The network.</param>
/// <param name="Form">The form of its loads that is more accurate on the early-stop prompts.</param>
/// <param name="EarlyStop">Measures on the early-stop prompts: what decisions rest on.</param>
/// <param name="Test">Measures on the prompts to report on.</param>
internal sealed record Candidate(string Name, NetworkWeights Weights, LoadForm Form, ForecastMeasures EarlyStop, ForecastMeasures Test)
{
    /// <summary>What is compared when one of several is to serve: load accuracy of decode iterations, of prefill where nothing was generated.</summary>
    public static double Score(ForecastMeasures measures) => measures.DecodeAccuracy ?? measures.PrefillAccuracy ?? 0;

    /// <summary>
    /// What the threshold h is compared with: the hit rate on generated tokens. The fixed tokens of a chat template flatter prompts.
    /// </summary>
    public static double HitRate(ForecastMeasures measures) => measures.DecodeHitRate ?? measures.HitRate ?? 0;

    public MeasuredPredictor Measured(bool isTuned) => new(Name, isTuned, Form, Weights.Parameters, Test);
}
