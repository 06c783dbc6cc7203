namespace DaprMoE.Cli.Tests;

/// <summary>The repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Launcher => Path.Combine(Root, "daprmoe");

    public static string Fixtures => Path.Combine(Root, "tests", "fixtures");

    public static string TinyMoe => Path.Combine(Root, "models", "tiny-moe");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("There is no DaprMoE.sln above the tests.");
    }
}
