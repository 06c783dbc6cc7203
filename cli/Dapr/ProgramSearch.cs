namespace DaprMoE.Cli;

/// <summary>Finds programs where Dapr's own tools look for them.</summary>
internal sealed class ProgramSearch(IMachine machine, Func<string, string?> variable)
{
    private static readonly string Runtime = Path.Combine(".dapr", "bin");

    /// <summary>The path of a program: in <c>DAPR_RUNTIME_PATH</c>, <c>~/.dapr/bin</c> or a folder of <c>PATH</c>; null when it is in none.</summary>
    public string? Find(string program) => First(program, [.. RuntimeFolders(), .. RuntimePath("bin"), .. PathFolders()]);

    /// <summary>The path of daprd. <c>dapr run</c> starts the one in a folder <c>.dapr/bin</c> only.</summary>
    public string? FindDaprd() =>
        First("daprd", [.. RuntimeFolders(), .. PathFolders().Where(folder => folder.EndsWith(Runtime, StringComparison.Ordinal))]);

    private IEnumerable<string> RuntimeFolders() => [.. RuntimePath(Runtime), .. Below("HOME", Runtime)];

    private IEnumerable<string> RuntimePath(string folder) => Below("DAPR_RUNTIME_PATH", folder);

    private IEnumerable<string> Below(string name, string folder)
    {
        if (variable(name) is { Length: > 0 } root)
        {
            yield return Path.Combine(root, folder);
        }
    }

    private string[] PathFolders() =>
        [.. (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(Path.TrimEndingDirectorySeparator)];

    private string? First(string program, IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(machine.HasFile);
}
