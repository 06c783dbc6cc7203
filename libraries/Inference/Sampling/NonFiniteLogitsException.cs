namespace DaprMoE.Inference;

/// <summary>The model computed a NaN or an infinity where a probability was to be drawn.</summary>
public sealed class NonFiniteLogitsException()
    : Exception("The model's logits are not finite numbers, so no token can be drawn. The weights are damaged or overflow in f32.");
