namespace DaprMoE.Orchestrator;

/// <summary>There is no workflow of this name; the message lists those there are.</summary>
internal sealed class UnknownWorkflowException(string message) : Exception(message);
