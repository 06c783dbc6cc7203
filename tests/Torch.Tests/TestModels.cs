namespace DaprMoE.Torch.Tests;

/// <summary>The bundled model and the golden fixtures.</summary>
internal static class TestModels
{
    public static string Root { get; } = FindRoot();

    /// <summary>6 layers of 16 experts, top-2, H = F = 192, bf16.</summary>
    public const string Bundled = "tiny-moe";

    public static IReadOnlyList<string> Golden { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "tests", "fixtures", "models"), "qwen3_moe*").Select(Path.GetFileName).Order()!];

    public static string Folder(string name) =>
        name == Bundled ? Path.Combine(Root, "models", name) : Path.Combine(Root, "tests", "fixtures", "models", name);

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
