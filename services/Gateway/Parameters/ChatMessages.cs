using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Reads <c>messages</c>.</summary>
internal static class ChatMessages
{
    /// <summary>What <c>messages</c> has to be, in words.</summary>
    public const string Form = "an array of at least one {role, content, name}; role " + Roles + "; content " + MessageContent.Allowed;

    private const string Roles = "\"system\", \"developer\", \"user\" or \"assistant\"";

    private static readonly string[] PendingKeys = ["tool_calls", "tool_call_id", "function_call", "audio", "refusal", "reasoning_content"];

    public static IReadOnlyList<ChatMessage> Read(string path, JsonElement json)
    {
        if (!ValueRules.Messages.TryRead(json, out _))
        {
            throw ApiErrors.InvalidValue(path, json, ValueRules.Messages.Allowed);
        }

        return [.. json.EnumerateArray().Select((message, index) => ReadMessage($"{path}[{index}]", message))];
    }

    private static ChatMessage ReadMessage(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrors.InvalidValue(path, json, "an object with role and content");
        }

        (string? role, string? content, string? name) = (null, null, null);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string key = $"{path}.{property.Name}";
            switch (property.Name)
            {
                case "role":
                    role = ReadRole(key, property.Value);
                    break;
                case "content":
                    content = MessageContent.Read(key, property.Value);
                    break;
                case "name":
                    name = ReadName(key, property.Value);
                    break;
                default:
                    RefuseKey(key, property);
                    break;
            }
        }

        return new(
            role ?? throw ApiErrors.Missing($"{path}.role", Roles),
            content ?? throw ApiErrors.Missing($"{path}.content", MessageContent.Allowed),
            name);
    }

    private static string ReadRole(string path, JsonElement json)
    {
        string? role = ValueRules.Text.TryRead(json, out string text) ? text : null;
        return role switch
        {
            "system" or "user" or "assistant" => role,
            // OpenAI's newer name of the same role; templates know the older one.
            "developer" => "system",
            "tool" or "function" => throw ApiErrors.UnsupportedParameter(path, json, Roles),
            _ => throw ApiErrors.InvalidValue(path, json, Roles),
        };
    }

    private static string? ReadName(string path, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return ValueRules.Text.TryRead(json, out string name)
            ? name
            : throw ApiErrors.InvalidValue(path, json, ValueRules.Text.Allowed);
    }

    private static void RefuseKey(string path, JsonProperty property)
    {
        if (!PendingKeys.Contains(property.Name))
        {
            throw ApiErrors.UnknownParameter(JsonExcerpt.Cut(path), "role, content, name");
        }

        bool asksForNothing = property.Value.ValueKind == JsonValueKind.Null || SharedParameters.IsEmptyArray(property.Value);
        if (!asksForNothing)
        {
            throw ApiErrors.UnsupportedParameter(path, property.Value, "null");
        }
    }
}
