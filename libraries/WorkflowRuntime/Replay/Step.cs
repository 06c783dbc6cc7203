using Dapr.Workflow.Protocol;

namespace Dapr.Workflow;

/// <summary>One thing that a workflow asked for, by its number in program order.</summary>
internal sealed class Step(StepKind kind, string name, WorkflowAction action)
{
    private readonly TaskCompletionSource<StepResult> _result = new();

    public StepKind Kind => kind;

    public string Name => name;

    public WorkflowAction Action => action;

    /// <summary>Ends when the history says how it ended.</summary>
    public Task<StepResult> Result => _result.Task;

    public void End(StepResult result) => _result.TrySetResult(result);

    public void Cancel(CancellationToken token) => _result.TrySetCanceled(token);

    public override string ToString() => Describe(kind, name);

    public static string Describe(StepKind kind, string name) => kind switch
    {
        StepKind.Activity => $"activity '{name}'",
        StepKind.ChildWorkflow => $"child workflow '{name}'",
        _ => "a timer",
    };
}
