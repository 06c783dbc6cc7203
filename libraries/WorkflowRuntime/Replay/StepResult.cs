using Dapr.Workflow.Protocol;

namespace Dapr.Workflow;

/// <summary>How a step ended.</summary>
/// <param name="Output">Its output, as JSON.</param>
/// <param name="Failure">What it failed with; null when it did not.</param>
internal readonly record struct StepResult(string? Output, TaskFailureDetails? Failure = null);
