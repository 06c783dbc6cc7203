namespace Dapr.Workflow;

/// <summary>A workflow's code does not do what its history says it did. The message names the step.</summary>
internal sealed class NonDeterministicWorkflowException(string message) : Exception(message);
