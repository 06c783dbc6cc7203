using System.Text.Json;

namespace DaprMoE.Text.Verification;

/// <summary>Reads the fields of a case. Most are absent where they equal another one.</summary>
internal static class CaseFields
{
    public static string Name(this JsonElement item) => item.Text("name")!;

    public static string? Text(this JsonElement item, string field) =>
        item.TryGetProperty(field, out JsonElement value) ? value.GetString() : null;

    public static int[]? Numbers(this JsonElement item, string field) =>
        item.TryGetProperty(field, out JsonElement value) ? [.. value.EnumerateArray().Select(number => number.GetInt32())] : null;

    public static string[]? Texts(this JsonElement item, string field) =>
        item.TryGetProperty(field, out JsonElement value) ? [.. value.EnumerateArray().Select(text => text.GetString()!)] : null;

    public static IEnumerable<JsonElement> Group(this JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement group) ? group.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>Offsets as the file has them: start, end, start, end, ...</summary>
    public static int[] Flat(this IReadOnlyList<TextSpan> offsets) => [.. offsets.SelectMany(span => new[] { span.Start, span.End })];
}
