namespace DaprMoE.Architecture.Tests;

/// <summary>Rules on source text that no analyzer holds.</summary>
public sealed class SourceRuleTests
{
    private static readonly string[] Folders = ["libraries", "workflows", "services", "cli", "tests"];

    [Fact]
    public void Sources_Names_AvoidCatchAllWords()
    {
        string[] words = ["Utils", "Helper", "Manager", "Common"];
        Assert.DoesNotContain(Sources(), path => words.Any(word => Path.GetFileNameWithoutExtension(path).Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Sources_ConsoleWrites_AreInProgramsOnly()
    {
        IEnumerable<string> writers = Sources()
            .Where(path => !Relative(path).StartsWith("cli/", StringComparison.Ordinal) && !Relative(path).StartsWith("tests/", StringComparison.Ordinal))
            .Where(path => Path.GetFileName(path) != "Program.cs")
            .Where(path => File.ReadAllText(path).Contains("Console.", StringComparison.Ordinal));
        Assert.Empty(writers.Select(Relative));
    }

    [Fact]
    public void Sources_LogCalls_UseGeneratedMethods()
    {
        string[] calls = [".LogInformation(", ".LogWarning(", ".LogError(", ".LogDebug("];
        IEnumerable<string> callers = Sources()
            .Where(path => !Relative(path).StartsWith("tests/", StringComparison.Ordinal))
            .Where(path => calls.Any(call => File.ReadAllText(path).Contains(call, StringComparison.Ordinal)));
        Assert.Empty(callers.Select(Relative));
    }

    private static IEnumerable<string> Sources() => Folders.SelectMany(folder => Repository.Files(folder, "*.cs"));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
