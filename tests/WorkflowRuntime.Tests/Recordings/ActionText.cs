using System.Globalization;
using System.Text.Json;
using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>
/// An action as a text in which two workers agree: without the names they give to attempts and children, the text of failures, and the way
/// they write JSON and fractions of microseconds.
/// </summary>
internal static class ActionText
{
    public static string Of(WorkflowAction action) => $"{action.Id}: " + action.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask => $"{action.ScheduleTask.Name}({Json(action.ScheduleTask.Input)})",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer => Timer(action.CreateTimer),
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow => Child(action.CreateChildWorkflow),
        WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow => $"{action.CompleteWorkflow.WorkflowStatus} "
            + $"{Json(action.CompleteWorkflow.Result)} {(action.CompleteWorkflow.FailureDetails is null ? "" : "failure")}",
        _ => "?",
    };

    private static string Timer(CreateTimerAction timer) => $"timer {Microseconds(timer.FireAt)} {timer.OriginCase}";

    private static string Child(CreateChildWorkflowAction child) => $"child {ChildId(child.InstanceId)} {child.Name}({Json(child.Input)})";

    private static string Microseconds(Timestamp time) => time.ToDateTime().ToString("O", CultureInfo.InvariantCulture)[..^2];

    private static string ChildId(string id) => id.Split(':')[0];

    private static string Json(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "null";
        }

        using JsonDocument document = JsonDocument.Parse(text);
        return Canonical(document.RootElement);
    }

    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject()
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name}:{Canonical(property.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
