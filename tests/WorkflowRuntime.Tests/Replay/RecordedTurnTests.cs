using Dapr.Workflow.Protocol;
using Google.Protobuf;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>Recorded work items through this library's engine.</summary>
public sealed class RecordedTurnTests
{
    public static TheoryData<string> Recordings => [.. Recording.Names];

    [Theory]
    [InlineData("a-hello", "hello-1")]
    [InlineData("a2-types", "types-1")]
    [InlineData("a2-types", "types-2")]
    [InlineData("b-fanout8", "fanout-1")]
    [InlineData("c-timer", "timer-1")]
    [InlineData("e-child", "parent-1")]
    [InlineData("e-child", "parent-1:0001")]
    [InlineData("e-child", "parent-1-explicit")]
    [InlineData("e-child", "parent-2")]
    [InlineData("e-child", "parent-2:0001")]
    [InlineData("g-retry", "retry-1")]
    [InlineData("g-retry", "retry-2")]
    [InlineData("g-retry", "retry-3")]
    [InlineData("g-retry", "retry-4")]
    [InlineData("g-retry", "retry-5")]
    [InlineData("g-retry", "retry-6")]
    [InlineData("g-retry", "retry-7")]
    [InlineData("g-retry", "retry-7:0001")]
    [InlineData("h-manage", "mng-2")]
    [InlineData("h-manage", "mng-3")]
    [InlineData("i-restart", "restart-1")]
    [InlineData("j-grpc-client", "cli-1")]
    [InlineData("j-grpc-client", "cli-2")]
    [InlineData("j-grpc-client", "")]
    [InlineData("m-no-worker", "now-1")]
    [InlineData("m-no-worker", "now-3")]
    public void Run_RecordedTurns_AsksForTheSameActions(string recording, string instance)
    {
        foreach (RecordedTurn turn in RecordedTurn.Of(recording, instance))
        {
            WorkflowResponse response = Turns.Run(turn.Request, RecordedWorkflows.Register);
            Assert.Equal(turn.Response.Actions.Select(ActionText.Of), response.Actions.Select(ActionText.Of));
            Assert.Equal(turn.Request.InstanceId, response.InstanceId);
        }
    }

    [Fact]
    public void Run_RecordedRetries_KeepTheNameOfTheCall()
    {
        ScheduleTaskAction[] attempts = [.. RecordedTurn.Of("g-retry", "retry-1")
            .SelectMany(turn => Turns.Run(turn.Request, RecordedWorkflows.Register).Actions)
            .Select(action => action.ScheduleTask).Where(task => task is not null)];
        Assert.Equal(3, attempts.Length);
        Assert.Single(attempts.Select(attempt => attempt.TaskExecutionId).Distinct());
    }

    [Fact]
    public void Run_RecordedHistoryOfOtherCode_FailsAndNamesTheStep()
    {
        RecordedTurn last = RecordedTurn.Of("l-nondeterminism", "nondet-1")[^1];
        WorkflowAction action = Assert.Single(Turns.Run(last.Request, RecordedWorkflows.Register).Actions);
        Assert.Equal(OrchestrationStatus.Failed, action.CompleteWorkflow.WorkflowStatus);
        Assert.Contains(
            "Step 0 of workflow 'nondet', run 'nondet-1', differs: its history has activity 'say_hello', its code has a timer.",
            action.CompleteWorkflow.FailureDetails.ErrorMessage,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Protocol_RecordedMessages_AreReadAndWrittenWithoutLoss(string recording)
    {
        Recording all = Recording.Read(recording);
        foreach (RecordedMessage message in all.Messages)
        {
            IMessage? parsed = message.Type switch
            {
                "WorkItem" => WorkItem.Parser.ParseFrom(message.Bytes),
                "WorkflowResponse" => WorkflowResponse.Parser.ParseFrom(message.Bytes),
                "ActivityResponse" => ActivityResponse.Parser.ParseFrom(message.Bytes),
                "CreateInstanceRequest" => CreateInstanceRequest.Parser.ParseFrom(message.Bytes),
                "GetInstanceResponse" => GetInstanceResponse.Parser.ParseFrom(message.Bytes),
                "TerminateRequest" => TerminateRequest.Parser.ParseFrom(message.Bytes),
                "PurgeInstancesResponse" => PurgeInstancesResponse.Parser.ParseFrom(message.Bytes),
                _ => null,
            };
            Assert.Equal(parsed?.CalculateSize() ?? message.Bytes.Length, message.Bytes.Length);
            Assert.Equal(parsed, parsed?.Descriptor.Parser.ParseFrom(parsed.ToByteArray()));
        }
    }
}
