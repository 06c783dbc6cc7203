namespace DaprMoE.Tensors.Tests;

internal static class RepositoryFiles
{
    /// <summary>A path below the folder of the solution file.</summary>
    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine([folder?.FullName ?? throw new DirectoryNotFoundException("No DaprMoE.sln above the tests."), .. parts]);
    }
}
