using System.Text.Json.Nodes;
using Dapr.Workflow;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>The workflows that the recorded worker ran (tests/fixtures/dapr-wire/workflow/scenarios.py.txt), in C#.</summary>
internal static class RecordedWorkflows
{
    public static void Register(WorkflowRuntimeOptions options)
    {
        options.RegisterWorkflow<Hello>("hello");
        options.RegisterWorkflow<Types>("types");
        options.RegisterWorkflow<FanOut>("fanout");
        options.RegisterWorkflow<TimerWorkflow>("timer");
        options.RegisterWorkflow<Child>("child");
        options.RegisterWorkflow<Parent>("parent");
        options.RegisterWorkflow<BadChild>("bad_child");
        options.RegisterWorkflow<ParentOfBad>("parent_of_bad");
        options.RegisterWorkflow<Retry>("retry");
        options.RegisterWorkflow<ChildRetry>("child_retry");
        options.RegisterWorkflow<FailActivity>("fail_activity");
        options.RegisterWorkflow<UnknownActivity>("unknown_activity");
        options.RegisterWorkflow<ThreeSteps>("steps");
        options.RegisterWorkflow<Tree>("tree");
        options.RegisterWorkflow<TimerInstead>("nondet");
    }

    private sealed class Hello : Workflow<string, string>
    {
        public override Task<string> RunAsync(WorkflowContext context, string input) =>
            context.CallActivityAsync<string>("say_hello", input);
    }

    private sealed class Types : Workflow<JsonNode?, JsonNode>
    {
        public override async Task<JsonNode> RunAsync(WorkflowContext context, JsonNode? input)
        {
            JsonNode sent = JsonNode.Parse("""{"z": 1, "a": [1, 2.5, null, true, "ü€😀"], "big": 9007199254740993}""")!;
            JsonNode? a = await context.CallActivityAsync<JsonNode?>("echo_obj", sent);
            JsonNode? b = await context.CallActivityAsync<JsonNode?>("nothing");
            JsonNode? c = await context.CallActivityAsync<JsonNode?>("echo_obj", "");
            return new JsonObject { ["a"] = a, ["b"] = b, ["c"] = c, ["in"] = input };
        }
    }

    private sealed class FanOut : Workflow<int, int>
    {
        public override async Task<int> RunAsync(WorkflowContext context, int input) =>
            (await context.ProcessInParallelAsync(
                Enumerable.Range(0, input), number => context.CallActivityAsync<int>("square", number), maxConcurrency: 8)).Sum();
    }

    private sealed class TimerWorkflow : Workflow<int, double>
    {
        public override async Task<double> RunAsync(WorkflowContext context, int input)
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromSeconds(input));
            return Math.Round((context.CurrentUtcDateTime - before).TotalSeconds, 6);
        }
    }

    private sealed class Child : Workflow<int, int>
    {
        public override Task<int> RunAsync(WorkflowContext context, int input) => context.CallActivityAsync<int>("square", input);
    }

    private sealed class Parent : Workflow<int, int[]>
    {
        public override async Task<int[]> RunAsync(WorkflowContext context, int input)
        {
            int first = await context.CallChildWorkflowAsync<int>("child", input);
            ChildWorkflowTaskOptions named = new(context.InstanceId + "-explicit");
            return [first, await context.CallChildWorkflowAsync<int>("child", input + 1, named)];
        }
    }

    private sealed class BadChild : Workflow<JsonNode?, string>
    {
        public override Task<string> RunAsync(WorkflowContext context, JsonNode? input) =>
            throw new InvalidOperationException("child gave up");
    }

    private sealed class ParentOfBad : Workflow<int, string>
    {
        public override async Task<string> RunAsync(WorkflowContext context, int input)
        {
            try
            {
                return await context.CallChildWorkflowAsync<string>("bad_child", input);
            }
            catch (WorkflowTaskFailedException)
            {
                return "caught TaskFailedError";
            }
        }
    }

    private sealed class Retry : Workflow<JsonNode, string>
    {
        private static readonly WorkflowTaskOptions Retries = new(new WorkflowRetryPolicy(
            3, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(5)));

        public override Task<string> RunAsync(WorkflowContext context, JsonNode input) =>
            context.CallActivityAsync<string>("flaky", input, Retries);
    }

    private sealed class ChildRetry : Workflow<JsonNode?, string>
    {
        private static readonly ChildWorkflowTaskOptions Retries =
            new(RetryPolicy: new WorkflowRetryPolicy(2, TimeSpan.FromMilliseconds(500)));

        public override async Task<string> RunAsync(WorkflowContext context, JsonNode? input)
        {
            try
            {
                return await context.CallChildWorkflowAsync<string>("bad_child", input, Retries);
            }
            catch (WorkflowTaskFailedException failure)
            {
                return $"TaskFailedError: Sub-orchestration task #3 failed: {failure.FailureDetails.ErrorMessage}";
            }
        }
    }

    private sealed class FailActivity : Workflow<JsonNode?, string>
    {
        public override Task<string> RunAsync(WorkflowContext context, JsonNode? input) =>
            context.CallActivityAsync<string>("flaky", new { key = context.InstanceId, fail = 99 });
    }

    private sealed class UnknownActivity : Workflow<JsonNode?, string>
    {
        public override Task<string> RunAsync(WorkflowContext context, JsonNode? input) =>
            context.CallActivityAsync<string>("no_such_activity", 1);
    }

    private sealed class ThreeSteps : Workflow<int, string[]>
    {
        public override async Task<string[]> RunAsync(WorkflowContext context, int input) =>
        [
            await context.CallActivityAsync<string>("say_hello", "before"),
            await context.CallActivityAsync<string>("slow", input),
            await context.CallActivityAsync<string>("say_hello", "after"),
        ];
    }

    private sealed class Tree : Workflow<string, string>
    {
        public override Task<string> RunAsync(WorkflowContext context, string input) => context.CallChildWorkflowAsync<string>(
            "status_wait", input, new ChildWorkflowTaskOptions(context.InstanceId + "-kid"));
    }

    /// <summary>The recorded first worker called an activity here.</summary>
    private sealed class TimerInstead : Workflow<JsonNode?, string>
    {
        public override async Task<string> RunAsync(WorkflowContext context, JsonNode? input)
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1));
            return "done";
        }
    }
}
