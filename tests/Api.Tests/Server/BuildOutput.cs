namespace DaprMoE.Api.Tests;

/// <summary>Where this repository's files and the built gateway are.</summary>
internal static class BuildOutput
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the bundled model.</summary>
    public static string TinyMoe => Path.Combine(Root, "models", "tiny-moe");

    /// <summary>The gateway's program, built with the same configuration as this.</summary>
    public static string Gateway => Program("Gateway");

    /// <summary>The expert host's program.</summary>
    public static string ExpertHost => Program("ExpertHost");

    /// <summary>The command.</summary>
    public static string Command => Program("Cli", "daprmoe");

    private static string Program(string service, string? assembly = null)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Root, "artifacts", "bin", service, configuration, (assembly ?? $"DaprMoE.{service}") + ".dll");
    }

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
