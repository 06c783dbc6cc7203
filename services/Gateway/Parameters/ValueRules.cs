using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The types and ranges that parameters have.</summary>
internal static class ValueRules
{
    private const int MaxStops = 16;
    private const int MaxStopLength = 256;

    public static readonly ValueRule<bool> Flag = new("true or false", TryReadFlag);

    public static readonly ValueRule<string> Text = new("a text", TryReadText);

    public static readonly ValueRule<float> Temperature = Number(0, 2);

    public static readonly ValueRule<float> TopP = Number(0, 1, aboveLeast: true);

    public static readonly ValueRule<float> MinP = Number(0, 1);

    /// <summary>-1 is vLLM's word for "all".</summary>
    public static readonly ValueRule<int> TopK = new("a whole number from 0 (or -1; both: all) to 2147483647", TryReadTopK);

    public static readonly ValueRule<int> MaxTokens = WholeNumber(1, int.MaxValue);

    public static readonly ValueRule<long> Seed = new($"a whole number from {long.MinValue} to {long.MaxValue}", TryReadLong);

    public static readonly ValueRule<JsonElement> Messages = new(
        "an array of at least one message",
        (JsonElement json, out JsonElement value) => (value = json).ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0);

    public static readonly ValueRule<IReadOnlyList<string>> Stop =
        new($"a text or an array of up to {MaxStops} texts, each of 1 to {MaxStopLength} characters", TryReadStop);

    public static readonly ValueRule<IReadOnlyList<int>> TokenIds = new("an array of token ids", TryReadIds);

    public static readonly ValueRule<IReadOnlyList<int>> TokenIdOrIds = new("a token id or an array of token ids", TryReadIdOrIds);

    private static ValueRule<int> WholeNumber(int least, int most) => new(
        $"a whole number from {least} to {most}",
        (JsonElement json, out int value) => TryReadInt(json, out value) && value >= least && value <= most);

    private static ValueRule<float> Number(float least, float most, bool aboveLeast = false) => new(
        aboveLeast
            ? string.Create(CultureInfo.InvariantCulture, $"a number above {least}, up to {most}")
            : string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        (JsonElement json, out float value) => TryReadFloat(json, out value)
            && value <= most && (aboveLeast ? value > least : value >= least));

    private static bool TryReadFlag(JsonElement json, out bool value)
    {
        value = json.ValueKind == JsonValueKind.True;
        return value || json.ValueKind == JsonValueKind.False;
    }

    private static bool TryReadText(JsonElement json, out string value)
    {
        value = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
        return json.ValueKind == JsonValueKind.String;
    }

    private static bool TryReadFloat(JsonElement json, out float value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetSingle(out value);
    }

    private static bool TryReadInt(JsonElement json, out int value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out value);
    }

    private static bool TryReadLong(JsonElement json, out long value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out value);
    }

    private static bool TryReadTopK(JsonElement json, out int value)
    {
        bool isRead = TryReadInt(json, out int given) && given >= -1;
        value = Math.Max(given, 0);
        return isRead;
    }

    private static bool TryReadStop(JsonElement json, out IReadOnlyList<string> value)
    {
        value = [];
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > MaxStops)
        {
            return false;
        }

        List<string> stops = [];
        foreach (JsonElement item in json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().ToArray() : [json])
        {
            if (!TryReadText(item, out string stop) || stop.Length is 0 or > MaxStopLength)
            {
                return false;
            }

            stops.Add(stop);
        }

        value = stops;
        return true;
    }

    private static bool TryReadIdOrIds(JsonElement json, out IReadOnlyList<int> value)
    {
        if (TryReadInt(json, out int id) && id >= 0)
        {
            value = [id];
            return true;
        }

        return TryReadIds(json, out value);
    }

    private static bool TryReadIds(JsonElement json, out IReadOnlyList<int> value)
    {
        value = [];
        if (json.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        List<int> ids = new(json.GetArrayLength());
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (!TryReadInt(item, out int id) || id < 0)
            {
                return false;
            }

            ids.Add(id);
        }

        value = ids;
        return true;
    }
}
