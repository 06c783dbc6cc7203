using System.Diagnostics;
using Dapr.Workflow;

namespace DaprMoE.WorkflowRuntime.Tests;

internal sealed class OneCall : Workflow<string?, string?>
{
    public override Task<string?> RunAsync(WorkflowContext context, string? input) =>
        context.CallActivityAsync<string?>(nameof(Greeting), input, new WorkflowTaskOptions(TargetAppId: "other"));
}

internal sealed class Greeting : WorkflowActivity<string?, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, string? input) =>
        Task.FromResult($"{context.InstanceId} greets {input} in {Activity.Current?.TraceId.ToString() ?? "no trace"}");
}

internal sealed class Broken : WorkflowActivity<string?, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, string? input) =>
        throw new InvalidOperationException("broken", new FormatException("inside"));
}
