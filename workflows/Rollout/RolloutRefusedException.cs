namespace DaprMoE.Workflows;

/// <summary>A device does not do what the plan needs, or not in time.</summary>
internal sealed class RolloutRefusedException(string message) : Exception(message);
