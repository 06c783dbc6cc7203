using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Runs <c>bills.json</c> of a folder of policy vectors.</summary>
public static class BillVectors
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "bills.json";

    /// <summary>Computes every case and compares it: integers exactly, reals to 1e-9 relative.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="JsonException">The file is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">A case lacks a field.</exception>
    public static PolicyVectorResult Run(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<string> mismatches = [];
        int passed = 0;
        int failed = 0;
        foreach (JsonElement vector in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            int before = mismatches.Count;
            Compare(vector, mismatches);
            if (mismatches.Count == before)
            {
                passed++;
            }
            else
            {
                failed++;
            }
        }

        return new PolicyVectorResult(FileName, Supported: true, passed, failed, mismatches);
    }

    private static void Compare(JsonElement vector, List<string> mismatches)
    {
        string name = vector.GetProperty("name").GetString()!;
        JsonElement expected = vector.GetProperty("expected");
        BillVectorCase input = new(vector.GetProperty("input"));
        bool mustFail = expected.TryGetProperty("error", out JsonElement error);
        if (input.UnknownEvent is { } unknown)
        {
            if (!mustFail || error.GetString() != "bad-event")
            {
                mismatches.Add($"{name}: event '{unknown}' is unknown");
            }
        }
        else if (mustFail)
        {
            mismatches.Add($"{name}: error {error} expected, got a bill");
        }
        else
        {
            new BillComparison(name, expected, mismatches).Compare(input.Bill());
        }
    }
}
