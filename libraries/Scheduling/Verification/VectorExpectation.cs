using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>The expected result of one case, and what differs from it.</summary>
/// <param name="json">The case's expected value.</param>
public sealed class VectorExpectation(JsonElement json)
{
    /// <summary>Largest relative difference of real numbers.</summary>
    public const double Tolerance = 1e-9;

    private readonly List<string> _mismatches = [];

    /// <summary>The expected value as it stands in the file.</summary>
    public JsonElement Json { get; } = json;

    /// <summary>What differs.</summary>
    public IReadOnlyList<string> Mismatches => _mismatches;

    /// <summary>The error that the case expects, or null.</summary>
    public string? Error =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;

    /// <summary>Compares a real number; both may be missing.</summary>
    public void Real(string name, double? actual)
    {
        JsonElement expected = Json.GetProperty(name);
        double? wanted = expected.ValueKind == JsonValueKind.Null ? null : expected.GetDouble();
        Verify(name, IsNear(actual, wanted), actual, expected);
    }

    /// <summary>Compares real numbers in order.</summary>
    public void Reals(string name, ReadOnlySpan<double> actual)
    {
        JsonElement expected = Json.GetProperty(name);
        bool same = expected.GetArrayLength() == actual.Length;
        for (int i = 0; same && i < actual.Length; i++)
        {
            same = IsNear(actual[i], expected[i].GetDouble());
        }

        Verify(name, same, string.Join(",", actual.ToArray()), expected);
    }

    /// <summary>Compares anything exact by its JSON: integers, flags, names, nested lists.</summary>
    public void Exact<T>(string name, T actual)
    {
        JsonElement expected = Json.GetProperty(name);
        JsonElement value = JsonSerializer.SerializeToElement(actual);
        Verify(name, JsonElement.DeepEquals(value, expected), value, expected);
    }

    /// <summary>Records a difference unless the condition holds.</summary>
    public void Verify(string name, bool holds, object? actual, object? expected)
    {
        if (!holds)
        {
            _mismatches.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {Short(actual)}, expected {Short(expected)}"));
        }
    }

    /// <summary>Whether two reals agree within <see cref="Tolerance"/>.</summary>
    public static bool IsNear(double? actual, double? expected) =>
        actual.HasValue == expected.HasValue
        && (actual is not double a || expected is not double b || Math.Abs(a - b) <= Tolerance * Math.Max(1e-12, Math.Abs(b)));

    private static string Short(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
        return text.Length <= 120 ? text : text[..117] + "...";
    }
}
