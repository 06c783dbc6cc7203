using Dapr.Workflow;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>A workflow whose code is the test's. The registry makes it by its type, so the code goes by a static place.</summary>
internal sealed class LambdaWorkflow : Workflow<string?, string?>
{
    private static readonly AsyncLocal<Func<WorkflowContext, string?, Task<string?>>> Code = new();

    public static TestRun Run(Func<WorkflowContext, string?, Task<string?>> code, string? input = null)
    {
        Code.Value = code;
        return new TestRun(options => options.RegisterWorkflow<LambdaWorkflow>("test"), "test", input);
    }

    /// <summary>The code changes while the run is under way.</summary>
    public static void Change(Func<WorkflowContext, string?, Task<string?>> code) => Code.Value = code;

    public override Task<string?> RunAsync(WorkflowContext context, string? input) => Code.Value!(context, input);
}
