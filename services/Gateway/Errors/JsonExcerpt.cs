using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Values as error messages show them: cut, so that a message stays a line.</summary>
internal static class JsonExcerpt
{
    private const int MaxLength = 80;

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array when value.GetRawText().Length > MaxLength =>
            value.ValueKind == JsonValueKind.Object ? "an object" : $"an array of {value.GetArrayLength()}",
        _ => Cut(value.GetRawText()),
    };

    public static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
