namespace DaprMoE.Browser.Tests;

/// <summary>The Chromium of this machine.</summary>
internal static class Chromium
{
    private const string Missing =
        "No Chromium: neither CHROMIUM_PATH nor chromium, chromium-browser or google-chrome in PATH. Debian's package is `chromium`.";

    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Its program. Skips the test where there is none, or fails it where DAPRMOE_TESTS_REQUIRE lists <c>chromium</c>.</summary>
    public static string Require()
    {
        string? program = Candidates().FirstOrDefault(File.Exists);
        bool isRequired = (Environment.GetEnvironmentVariable("DAPRMOE_TESTS_REQUIRE") ?? "").Split(',').Contains("chromium");
        Assert.False(isRequired && program is null, Missing);
        Assert.SkipUnless(program is not null, Missing);
        return program!;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } chosen)
        {
            return [chosen];
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Programs.SelectMany(program => folders.Select(folder => Path.Combine(folder, program)));
    }
}
