namespace DaprMoE.Ports;

/// <summary>One real iteration of a window.</summary>
/// <param name="Iterations">How many iterations like this it stands for, at least 1.</param>
/// <param name="Loads">Tokens routed to each expert, [layers x experts].</param>
public sealed record LoadSample(int Iterations, int[] Loads);
