namespace DaprMoE.Predictors;

/// <summary>The network that forecasts one pair of layers.</summary>
/// <param name="Network">The network.</param>
/// <param name="Form">How loads come of its logits.</param>
/// <param name="Basis">What it is.</param>
internal sealed record ChosenNetwork(NetworkWeights Network, LoadForm Form, ForecastBasis Basis)
{
    public static ChosenNetwork? OfGate(ServedNetwork? gate) => gate is { BeatsConstants: true }
        ? new ChosenNetwork(gate.Weights, gate.Form, gate.IsTuned ? ForecastBasis.SpeculativeGate : ForecastBasis.UntrainedCopy)
        : null;

    public static ChosenNetwork? OfMlp(ServedNetwork? mlp) =>
        mlp is { BeatsConstants: true } ? new ChosenNetwork(mlp.Weights, mlp.Form, ForecastBasis.SpeculativeMlp) : null;
}
