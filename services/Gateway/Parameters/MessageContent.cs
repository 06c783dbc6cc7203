using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Reads a message's <c>content</c>: a text, or parts of which each is a text.</summary>
internal static class MessageContent
{
    public const string Allowed = "a text or an array of parts {\"type\":\"text\",\"text\":…}";

    public static string Read(string path, JsonElement json)
    {
        if (ValueRules.Text.TryRead(json, out string text))
        {
            return text;
        }

        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
        {
            throw ApiErrors.InvalidValue(path, json, Allowed);
        }

        // Templates take one text; vLLM and llama.cpp join the parts by a line break too.
        return string.Join('\n', json.EnumerateArray().Select((part, index) => ReadPart($"{path}[{index}]", part)));
    }

    private static string ReadPart(string path, JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrors.InvalidValue(path, part, "an object with type and text");
        }

        CheckType(path, part);
        foreach (JsonProperty property in part.EnumerateObject())
        {
            if (property.Name is not ("type" or "text"))
            {
                throw ApiErrors.UnknownParameter(JsonExcerpt.Cut($"{path}.{property.Name}"), "type, text");
            }
        }

        if (!part.TryGetProperty("text", out JsonElement text))
        {
            throw ApiErrors.Missing($"{path}.text", ValueRules.Text.Allowed);
        }

        return ValueRules.Text.TryRead(text, out string value)
            ? value
            : throw ApiErrors.InvalidValue($"{path}.text", text, ValueRules.Text.Allowed);
    }

    private static void CheckType(string path, JsonElement part)
    {
        if (!part.TryGetProperty("type", out JsonElement type))
        {
            throw ApiErrors.Missing($"{path}.type", "\"text\"");
        }

        if (!ValueRules.Text.TryRead(type, out string name))
        {
            throw ApiErrors.InvalidValue($"{path}.type", type, "\"text\"");
        }

        if (name != "text")
        {
            throw ApiErrors.UnsupportedParameter($"{path}.type", type, "\"text\"");
        }
    }
}
