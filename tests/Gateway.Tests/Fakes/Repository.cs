namespace DaprMoE.Gateway.Tests;

/// <summary>Finds the bundled model.</summary>
internal static class Repository
{
    /// <summary>The folder of the bundled model.</summary>
    public static string TinyMoe { get; } = Path.Combine(FindRoot(), "models", "tiny-moe");

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
