namespace Dapr.Workflow;

/// <summary>What a workflow can wait for.</summary>
internal enum StepKind
{
    Activity,
    ChildWorkflow,
    Timer,
}
