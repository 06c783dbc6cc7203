using Dapr.Workflow;

namespace DaprMoE.Embedded.Tests.Workflows;

internal sealed record Sums(int[] Numbers, int AtOnce);

internal sealed class SumSquares : Workflow<Sums, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, Sums input)
    {
        int[] squares = await context.ProcessInParallelAsync(
            input.Numbers, number => context.CallActivityAsync<int>(nameof(SquareActivity), number), input.AtOnce);
        return squares.Sum();
    }
}

internal sealed class SquareActivity(Log log) : WorkflowActivity<int, int>
{
    public override async Task<int> RunAsync(WorkflowActivityContext context, int input)
    {
        int running = Interlocked.Increment(ref log.Running);
        log.Lines.Enqueue($"{running} at once");
        await Task.Yield();
        Interlocked.Decrement(ref log.Running);
        return input * input;
    }
}

internal sealed class Retrying : Workflow<int, string>
{
    public override Task<string> RunAsync(WorkflowContext context, int input) => context.CallActivityAsync<string>(
        nameof(FlakyActivity),
        input,
        new WorkflowTaskOptions(new WorkflowRetryPolicy(
            input, TimeSpan.FromSeconds(1), backoffCoefficient: 2, retryTimeout: TimeSpan.FromMinutes(5))));
}

internal sealed class FlakyActivity(Log log, TimeProvider time) : WorkflowActivity<int, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, int input)
    {
        log.Lines.Enqueue(time.GetUtcNow().TimeOfDay.ToString());
        return log.Failures-- > 0 ? throw new InvalidOperationException("not yet") : Task.FromResult("done");
    }
}

internal sealed class Sleeper : Workflow<int, double>
{
    public override async Task<double> RunAsync(WorkflowContext context, int input)
    {
        DateTime before = context.CurrentUtcDateTime;
        context.SetCustomStatus("asleep");
        await context.CreateTimer(TimeSpan.FromSeconds(input));
        return (context.CurrentUtcDateTime - before).TotalSeconds;
    }
}

internal sealed class Gated : Workflow<string, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, string input)
    {
        try
        {
            string said = await context.CallActivityAsync<string>(nameof(GatedActivity), input);
            return await context.CallActivityAsync<string>(nameof(NoteActivity), said);
        }
        catch (Exception)
        {
            await context.CallActivityAsync(nameof(NoteActivity), "compensated");
            throw;
        }
    }
}

internal sealed class GatedActivity(Log log) : WorkflowActivity<string, string>
{
    public override async Task<string> RunAsync(WorkflowActivityContext context, string input)
    {
        log.Lines.Enqueue($"gate {input}");
        log.AtGate.TrySetResult();
        await log.Gate.Task;
        return input;
    }
}

internal sealed class NoteActivity(Log log) : WorkflowActivity<string, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, string input)
    {
        log.Lines.Enqueue($"note {input}");
        return Task.FromResult(input);
    }
}

internal sealed class Parent : Workflow<int, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, int input)
    {
        int sum = await context.CallChildWorkflowAsync<int>(nameof(SumSquares), new Sums([1, 2, input], 2));
        try
        {
            await context.CallChildWorkflowAsync(nameof(Failing), "no");
            return "unreachable";
        }
        catch (WorkflowTaskFailedException failure)
        {
            return $"{sum}, {failure.FailureDetails.ErrorMessage}";
        }
    }
}

internal sealed class Failing : Workflow<string, string>
{
    public override Task<string> RunAsync(WorkflowContext context, string input) => throw new NotSupportedException(input);
}

internal sealed class CallsNobody : Workflow<string, string>
{
    public override Task<string> RunAsync(WorkflowContext context, string input) => context.CallActivityAsync<string>("Nobody", input);
}
