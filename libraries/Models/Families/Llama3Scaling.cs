namespace DaprMoE.Models;

/// <summary>Parameters of the rope kind <c>llama3</c>.</summary>
internal sealed record Llama3Scaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, double OriginalPositions);
