namespace DaprMoE.Inference;

/// <summary>One event of a sequence: a token, or its end.</summary>
/// <param name="Token">The token; -1 in the last step, which only tells the reason.</param>
/// <param name="Finish">Null but in the last step.</param>
public readonly record struct GenerationStep(int Token, FinishReason? Finish);
