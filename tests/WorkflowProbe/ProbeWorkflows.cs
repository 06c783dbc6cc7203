using Dapr.Workflow;

namespace DaprMoE.WorkflowProbe;

public static class ProbeWorkflows
{
    public static void Register(WorkflowRuntimeOptions options)
    {
        options.RegisterWorkflow<ThreeSteps>();
        options.RegisterWorkflow<Everything>();
        options.RegisterWorkflow<Sum>();
        options.RegisterWorkflow<Sleeper>();
        options.RegisterActivity<JournalStep>();
        options.RegisterActivity<Square>();
        options.RegisterActivity<FailsTwice>();
    }
}

/// <summary>Three steps, one after the other; the second waits at the gate.</summary>
public sealed class ThreeSteps : Workflow<string, string[]>
{
    public override async Task<string[]> RunAsync(WorkflowContext context, string input)
    {
        List<string> done = [];
        foreach (int step in (int[])[1, 2, 3])
        {
            context.SetCustomStatus($"step {step}");
            done.Add(await context.CallActivityAsync<string>(nameof(JournalStep), step));
        }

        return [.. done];
    }
}

public sealed class JournalStep(Journal journal) : WorkflowActivity<int, string>
{
    public override async Task<string> RunAsync(WorkflowActivityContext context, int input)
    {
        journal.Write($"begin {input}");
        if (input == 2)
        {
            await journal.WaitForGateAsync();
        }

        journal.Write($"end {input}");
        return $"did {input}";
    }
}

/// <summary>Bounded fan-out, a child, a timer, retries, an id and the clock.</summary>
public sealed class Everything : Workflow<int, EverythingResult>
{
    private static readonly WorkflowTaskOptions Retries = new(new WorkflowRetryPolicy(3, TimeSpan.FromMilliseconds(50)));

    public override async Task<EverythingResult> RunAsync(WorkflowContext context, int input)
    {
        DateTime began = context.CurrentUtcDateTime;
        Guid id = context.NewGuid();
        int[] squares = await context.ProcessInParallelAsync(
            Enumerable.Range(1, input), number => context.CallActivityAsync<int>(nameof(Square), number), maxConcurrency: 3);
        int sum = await context.CallChildWorkflowAsync<int>(nameof(Sum), squares);
        await context.CreateTimer(TimeSpan.FromMilliseconds(300));
        string retried = await context.CallActivityAsync<string>(nameof(FailsTwice), context.InstanceId, Retries);
        string failure = await FailureAsync(context);
        return new EverythingResult(sum, retried, failure, id, (context.CurrentUtcDateTime - began).TotalMilliseconds);
    }

    private static async Task<string> FailureAsync(WorkflowContext context)
    {
        try
        {
            return await context.CallActivityAsync<string>("Nobody");
        }
        catch (WorkflowTaskFailedException failed)
        {
            return failed.FailureDetails.ErrorMessage;
        }
    }
}

public sealed record EverythingResult(int Sum, string Retried, string Failure, Guid Id, double Milliseconds);

public sealed class Sum : Workflow<int[], int>
{
    public override Task<int> RunAsync(WorkflowContext context, int[] input) => Task.FromResult(input.Sum());
}

public sealed class Sleeper : Workflow<int, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, int input)
    {
        await context.CreateTimer(TimeSpan.FromSeconds(input));
        return input;
    }
}

public sealed class Square(Journal journal) : WorkflowActivity<int, int>
{
    public override Task<int> RunAsync(WorkflowActivityContext context, int input)
    {
        journal.Write($"square {input}");
        return Task.FromResult(input * input);
    }
}

public sealed class FailsTwice(Journal journal) : WorkflowActivity<string, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, string input)
    {
        journal.Write($"attempt {input}");
        int attempts = journal.Read().Count(line => line == $"attempt {input}");
        return attempts < 3 ? throw new InvalidOperationException("not yet") : Task.FromResult($"attempt {attempts}");
    }
}
