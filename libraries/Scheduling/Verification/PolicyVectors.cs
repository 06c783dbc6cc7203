using System.Collections.Frozen;
using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Runs files of golden vectors against the algorithms of this library.</summary>
public static class PolicyVectors
{
    private static readonly FrozenDictionary<string, Func<IVectorFile>> ByFile = new Dictionary<string, Func<IVectorFile>>
    {
        ["scaling.json"] = () => new ScalingVectors(),
        ["placement.json"] = () => new PlacementVectors(),
        ["eplb.json"] = () => new EplbVectors(),
        ["eplb-global.json"] = () => new EplbVectors(),
        ["static.json"] = () => new StaticVectors(),
        ["capacity.json"] = () => new CapacityVectors(),
        ["timing.json"] = () => new TimingVectors(),
        ["measures.json"] = () => new MeasuresVectors(),
        ["auto.json"] = () => new AutoVectors(),
        ["bills.json"] = () => new BillVectors(),
        ["dispatch.json"] = () => new DispatchVectors(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The files whose algorithms are in this library.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. ByFile.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Runs one file; one that belongs to no algorithm of this library is not supported.</summary>
    /// <param name="file">Its name, without the folder.</param>
    /// <param name="json">Its content, UTF-8.</param>
    public static PolicyVectorResult Verify(string file, ReadOnlyMemory<byte> json) =>
        ByFile.TryGetValue(file, out Func<IVectorFile>? create)
            ? Verify(file, json, create())
            : new PolicyVectorResult(file, Supported: false, Passed: 0, Failed: 0, []);

    /// <summary>Runs one file with a checker of another library.</summary>
    /// <param name="file">Its name, without the folder.</param>
    /// <param name="json">Its content, UTF-8.</param>
    /// <param name="checks">What computes and compares its cases.</param>
    public static PolicyVectorResult Verify(string file, ReadOnlyMemory<byte> json, IVectorFile checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        List<string> mismatches = [];
        int failed = 0;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement cases = document.RootElement.GetProperty("cases");
            foreach (JsonElement one in cases.EnumerateArray())
            {
                failed += IsRight(one, checks, mismatches) ? 0 : 1;
            }

            mismatches.AddRange(checks.CheckAll() is string together ? [together] : []);
            return new PolicyVectorResult(file, Supported: true, cases.GetArrayLength() - failed, failed, mismatches);
        }
        catch (Exception error) when (IsMalformed(error))
        {
            return new PolicyVectorResult(file, Supported: true, 0, 1, [$"not a file of vectors: {error.Message}"]);
        }
    }

    private static bool IsRight(JsonElement one, IVectorFile checks, List<string> mismatches)
    {
        string name = one.GetProperty("name").GetString() ?? "";
        VectorExpectation expected = new(one.GetProperty("expected"));
        string? error = null;
        string? detail = null;
        try
        {
            checks.Check(one.GetProperty("input"), expected);
        }
        catch (SchedulingException refused)
        {
            error = JsonNamingPolicy.KebabCaseLower.ConvertName(refused.Error.ToString());
            detail = refused.Message;
        }
        catch (Exception malformed) when (IsMalformed(malformed))
        {
            error = "malformed case";
            detail = malformed.Message;
        }

        if (error != expected.Error)
        {
            mismatches.Add($"{name}: error is {error ?? "none"} ({detail}), expected {expected.Error ?? "none"}");
        }
        else if (expected.Mismatches.Count > 0)
        {
            mismatches.Add($"{name}: {string.Join("; ", expected.Mismatches)}");
        }

        return error == expected.Error && expected.Mismatches.Count == 0;
    }

    private static bool IsMalformed(Exception error) =>
        error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException;
}
