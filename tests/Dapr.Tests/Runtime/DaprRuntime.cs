namespace DaprMoE.Dapr.Tests;

/// <summary>The Dapr programs of this machine, found as any user has them.</summary>
/// <param name="Folder">Holds daprd, placement and scheduler.</param>
internal sealed record DaprRuntime(string Folder)
{
    private static readonly string[] Programs = ["daprd", "placement", "scheduler"];

    public string Daprd => Path.Combine(Folder, "daprd");

    public string Placement => Path.Combine(Folder, "placement");

    public string Scheduler => Path.Combine(Folder, "scheduler");

    public static string Missing =>
        "No Dapr runtime: daprd, placement and scheduler are not together in DAPR_RUNTIME_PATH/.dapr/bin, ~/.dapr/bin or a folder of PATH. "
        + "`dapr init --slim` installs them.";

    /// <summary>Null when there is none.</summary>
    public static DaprRuntime? Find() => Folders().Where(folder => Programs.All(program => File.Exists(Path.Combine(folder, program))))
        .Select(folder => new DaprRuntime(folder)).FirstOrDefault();

    /// <summary>Skips the test where there is no runtime.</summary>
    public static void Require(bool isThere) => TestNeeds.Require("dapr", isThere, Missing);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("DAPR_RUNTIME_PATH") is { Length: > 0 } runtime)
        {
            yield return Path.Combine(runtime, ".dapr", "bin");
        }

        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dapr", "bin");
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            yield return folder;
        }
    }
}
