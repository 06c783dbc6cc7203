namespace DaprMoE.Scheduling.Tests;

/// <summary>The golden vectors of the repository.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = System.IO.Path.Combine(Root(), "tests", "fixtures", "policies");

    public static string Path(string file) => System.IO.Path.Combine(Folder, file);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "DaprMoE.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds DaprMoE.sln.");
    }
}
