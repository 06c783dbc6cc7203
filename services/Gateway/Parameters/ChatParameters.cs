using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The body of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatRequest : GenerationParameters
{
    public IReadOnlyList<ChatMessage> Messages { get; set; } = [];
}

/// <summary>The parameters of <c>/v1/chat/completions</c>.</summary>
internal static class ChatParameters
{
    public static readonly ParameterTable<ChatRequest> Table = new(
    [
        new Composite<ChatRequest>(
            "messages", "The conversation.", ChatMessages.Form, (path, json, r) => r.Messages = ChatMessages.Read(path, json)),
        .. SharedParameters.Of<ChatRequest>(),
        new Ignored<ChatRequest>("parallel_tool_calls", "Ignored: there are no tool calls."),
        new Ignored<ChatRequest>("reasoning_effort", "Ignored: models here think as their template says."),
        new Ignored<ChatRequest>("verbosity", "Ignored: models here have no such knob."),
        .. Tools(),
        new Pending<ChatRequest>("response_format", "Form of the answer.", """{"type":"text"}""", IsTextFormat),
        new Pending<ChatRequest>("logprobs", "Whether to give tokens' log probabilities.", "false", IsFalse),
        new Pending<ChatRequest>("top_logprobs", "Tokens to give log probabilities of.", "0", SharedParameters.IsNumber(0)),
        new Pending<ChatRequest>("modalities", "Forms of the answer.", """["text"]""", IsOnlyText),
        new Pending<ChatRequest>("audio", "Form of a spoken answer.", "null", _ => false),
        new Pending<ChatRequest>("prediction", "A text that the answer is expected to resemble.", "null", _ => false),
        new Pending<ChatRequest>("web_search_options", "Search in the web.", "null", _ => false),
    ]);

    /// <summary>Reads a body.</summary>
    /// <exception cref="ApiException">Something in it is not allowed, or the messages are missing.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        ChatRequest request = new();
        Table.Read(body, request);
        request.CheckRelations();
        return request.Messages.Count > 0 ? request : throw ApiErrors.Missing("messages", ValueRules.Messages.Allowed);
    }

    private static IEnumerable<Parameter<ChatRequest>> Tools() =>
    [
        new Pending<ChatRequest>("tools", "Tools that the model may call.", "an empty array", SharedParameters.IsEmptyArray),
        new Pending<ChatRequest>(
            "tool_choice", "Which tool to call.", "\"none\" or \"auto\"",
            json => json.ValueKind == JsonValueKind.String && json.GetString() is "none" or "auto"),
        new Pending<ChatRequest>("functions", "An older form of tools.", "an empty array", SharedParameters.IsEmptyArray),
        new Pending<ChatRequest>("function_call", "An older form of tool_choice.", "null", _ => false),
    ];

    private static bool IsOnlyText(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array
        && json.GetArrayLength() == 1
        && json[0].ValueKind == JsonValueKind.String
        && json[0].ValueEquals("text");

    private static bool IsFalse(JsonElement json) => json.ValueKind == JsonValueKind.False;

    private static bool IsTextFormat(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("type", out JsonElement type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("text");
}
