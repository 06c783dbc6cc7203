namespace DaprMoE.Models.Tests;

/// <summary>Finds the golden files of the repository.</summary>
internal static class Fixtures
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below tests/fixtures.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    /// <summary>All fixtures of the family qwen3_moe.</summary>
    public static IReadOnlyList<string> Qwen3MoeModels { get; } =
        [.. Directory.EnumerateDirectories(PathOf("models"), "qwen3_moe*").Select(path => Path.GetFileName(path)).Order()];

    /// <summary>The folder of a model.</summary>
    public static string Model(string name) => name == "tiny-moe" ? Path.Combine(Root, "models", name) : PathOf("models", name);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds DaprMoE.sln.");
    }
}
