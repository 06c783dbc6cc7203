namespace DaprMoE.Simulation;

/// <summary>A request that comes in.</summary>
/// <param name="Seconds">When, from the start of the run.</param>
/// <param name="PromptTokens">Tokens of its prompt, 1 or more.</param>
/// <param name="GeneratedTokens">Tokens that are generated for it, 1 or more.</param>
public readonly record struct RequestArrival(double Seconds, int PromptTokens, int GeneratedTokens);
