using System.Text.Json;

namespace DaprMoE.Simulation.Tests;

/// <summary>The golden vectors of the repository.</summary>
internal static class Fixtures
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<JsonElement> Cases(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "tests", "fixtures", "policies", file)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(element => element.Clone())];
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "DaprMoE.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has DaprMoE.sln.");
    }
}
