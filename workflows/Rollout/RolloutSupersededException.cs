namespace DaprMoE.Workflows;

/// <summary>A newer plan is on its way or in force.</summary>
internal sealed class RolloutSupersededException(string message) : Exception(message);
