using Dapr.Workflow;
using Dapr.Workflow.Protocol;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>What the guard says to code that is not deterministic.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("another name", "Step 1 of workflow 'test', run 'run', differs: its history has activity 'b', its code has activity 'c'.")]
    [InlineData("another kind", "Step 1 of workflow 'test', run 'run', differs: its history has activity 'b', its code has a timer.")]
    [InlineData("a step less", "Step 1 of workflow 'test', run 'run', differs: its history has activity 'b', its code has no such step.")]
    [InlineData("a step more", "Step 2 of workflow 'test', run 'run', differs: its history has no such step, its code has activity 'c'.")]
    public void Run_ChangedCode_FailsAndNamesTheStep(string change, string message)
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            await context.CallActivityAsync("a");
            await context.CallActivityAsync("b");
            return await context.CallActivityAsync<string?>("c");
        });
        run.Begin();
        run.Complete(0, null);
        LambdaWorkflow.Change((context, _) => ChangedAsync(context, change));
        CompleteWorkflowAction end = Assert.Single(run.Complete(1, null).Actions).CompleteWorkflow;
        Assert.Equal(OrchestrationStatus.Failed, end.WorkflowStatus);
        Assert.StartsWith(message, end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CodeThatIsTheSame_GoesOn()
    {
        TestRun run = LambdaWorkflow.Run(async (context, _) =>
        {
            await context.CallActivityAsync("a");
            return "done";
        });
        run.Begin();
        Assert.Equal("\"done\"", run.Complete(0, null).Actions[0].CompleteWorkflow.Result);
    }

    [Fact]
    public void Run_ForeignTask_FailsInsteadOfWaitingForever()
    {
        TaskCompletionSource foreign = new();
        TestRun run = LambdaWorkflow.Run(async (_, _) =>
        {
            await foreign.Task;
            return null;
        });
        CompleteWorkflowAction end = Assert.Single(run.Begin().Actions).CompleteWorkflow;
        Assert.Contains("awaits a task that is not of its context", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ContextUsedOnAnotherThread_IsRefused()
    {
        TestRun run = LambdaWorkflow.Run((context, _) =>
        {
            Exception? failure = null;
            Action call = () => context.CallActivityAsync("a");
            Thread other = new(() => failure = Record.Exception(call));
            other.Start();
            other.Join();
            return Task.FromResult(failure?.Message);
        });
        CompleteWorkflowAction end = Assert.Single(run.Begin().Actions).CompleteWorkflow;
        Assert.Contains("was used outside of its code", end.Result, StringComparison.Ordinal);
    }

    private static async Task<string?> ChangedAsync(WorkflowContext context, string change)
    {
        await context.CallActivityAsync("a");
        switch (change)
        {
            case "another name":
                return await context.CallActivityAsync<string?>("c");
            case "another kind":
                await context.CreateTimer(TimeSpan.FromSeconds(1));
                return null;
            case "a step more":
                Task<string?> b = context.CallActivityAsync<string?>("b");
                await context.CallActivityAsync("c");
                return await b;
            default:
                return "done";
        }
    }
}
