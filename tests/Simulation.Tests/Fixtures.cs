namespace DaprMoE.Simulation.Tests;

/// <summary>The golden vectors of the repository.</summary>
internal static class Fixtures
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(string file) => Path.Combine(Root, "tests", "fixtures", "policies", file);

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
