namespace DaprMoE.Simulation;

/// <summary>Iterations of one size.</summary>
/// <param name="Iterations">How many in a row, 1 or more.</param>
/// <param name="Tokens">Tokens of each, 1 or more.</param>
public readonly record struct BatchStep(int Iterations, int Tokens);
