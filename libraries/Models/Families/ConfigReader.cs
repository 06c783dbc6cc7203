using System.Text.Json;

namespace DaprMoE.Models;

/// <summary>
/// Reads the keys of a <c>config.json</c>, checks them, and collects every fault, so that a user sees all of them at once.
/// A key that is absent or null has its default. After a fault a harmless stand-in is returned and reading goes on.
/// </summary>
internal sealed class ConfigReader
{
    private readonly JsonElement _values;
    private readonly string _prefix;

    private ConfigReader(string path, JsonElement values, string prefix, List<string> faults)
    {
        Path = path;
        _values = values;
        _prefix = prefix;
        Faults = faults;
    }

    public ConfigReader(string path, JsonElement values)
        : this(path, values, "", [])
    {
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong so far, one sentence each.</summary>
    public List<string> Faults { get; }

    /// <summary>Throws all faults in one error.</summary>
    public void ThrowIfFaulty()
    {
        if (Faults.Count > 0)
        {
            throw new CheckpointException(Path, string.Join("; ", Faults));
        }
    }

    /// <summary>The object under a key; null where it is absent.</summary>
    public ConfigReader? Section(string key)
    {
        if (!TryFind(key, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new ConfigReader(Path, value, $"{_prefix}{key}.", Faults);
        }

        Refuse(key, "an object or null");
        return null;
    }

    /// <summary>Whether a key is there and not null.</summary>
    public bool Has(string key) => TryFind(key, out _);

    /// <summary>An integer that must be there.</summary>
    public int RequiredInt(string key, int min, int max)
    {
        if (Has(key))
        {
            return Int(key, min, min, max);
        }

        Faults.Add($"{_prefix}{key} is missing; allowed are integers from {min} to {max}");
        return min;
    }

    /// <summary>An integer.</summary>
    public int Int(string key, int otherwise, int min, int max)
    {
        if (!TryFind(key, out JsonElement value))
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(key, $"integers from {min} to {max}");
        return min;
    }

    /// <summary>A finite number above 0.</summary>
    public double Positive(string key, double otherwise) => Above(0, key, otherwise);

    /// <summary>A finite number above a bound.</summary>
    public double Above(double bound, string key, double otherwise) =>
        Number(key, otherwise, number => number > bound, FormattableString.Invariant($"numbers above {bound}")) ?? bound + 1;

    /// <summary>A finite number of 0 or more.</summary>
    public double NotNegative(string key, double otherwise) => Number(key, otherwise, number => number >= 0, "numbers from 0") ?? 0;

    /// <summary>True or false.</summary>
    public bool Bool(string key, bool otherwise)
    {
        if (!TryFind(key, out JsonElement value))
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(key, "true and false");
        return false;
    }

    /// <summary>A text.</summary>
    public string? Text(string key, string? otherwise)
    {
        if (!TryFind(key, out JsonElement value))
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Refuse(key, "texts");
        return otherwise;
    }

    /// <summary>Integers of 0 or more: a list, or where <paramref name="orOne"/> is set also a single one.</summary>
    public IReadOnlyList<int> Ints(string key, bool orOne = false)
    {
        if (!TryFind(key, out JsonElement value))
        {
            return [];
        }

        List<int> numbers = [];
        bool valid = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().All(item => TryAdd(item, numbers)),
            JsonValueKind.Number => orOne && TryAdd(value, numbers),
            _ => false,
        };
        if (!valid)
        {
            Refuse(key, orOne ? "an integer or a list of integers from 0" : "lists of integers from 0");
        }

        return numbers;
    }

    /// <summary>Records that a key's value is not allowed.</summary>
    public void Refuse(string key, string allowed) => Faults.Add($"{_prefix}{key} is {Shown(key)}; allowed are {allowed}");

    private double? Number(string key, double otherwise, Func<double, bool> isAllowed, string allowed)
    {
        if (!TryFind(key, out JsonElement value))
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double number)
            && double.IsFinite(number)
            && isAllowed(number))
        {
            return number;
        }

        Refuse(key, allowed);
        return null;
    }

    private static bool TryAdd(JsonElement item, List<int> numbers)
    {
        if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out int number) || number < 0)
        {
            return false;
        }

        numbers.Add(number);
        return true;
    }

    private bool TryFind(string key, out JsonElement value) =>
        _values.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;

    private string Shown(string key)
    {
        const int Longest = 60;
        string text = TryFind(key, out JsonElement value) ? value.GetRawText() : "absent";
        return text.Length <= Longest ? text : $"{text[..Longest]}...";
    }
}
