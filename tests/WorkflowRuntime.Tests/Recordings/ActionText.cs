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
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer => $"timer {Microseconds(action.CreateTimer.FireAt)} {action.CreateTimer.OriginCase}",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow =>
            $"child {ChildId(action.CreateChildWorkflow.InstanceId)} {action.CreateChildWorkflow.Name}({Json(action.CreateChildWorkflow.Input)})",
        WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow => $"{action.CompleteWorkflow.WorkflowStatus} "
            + $"{Json(action.CompleteWorkflow.Result)} {(action.CompleteWorkflow.FailureDetails is null ? "" : "failure")}",
        _ => "?",
    };

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
            .OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => $"{property.Name}:{Canonical(property.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
