using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using DaprMoE.Sidecar;

namespace DaprMoE.Orchestrator.Tests;

/// <summary>Holds docs/dapr.md to the settings classes and to what stands in the repository.</summary>
public sealed class DaprReferenceTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "dapr.md"));

    public static TheoryData<string, string> Settings =>
    [
        .. Names(typeof(SidecarOptions)).Select(name => (SidecarOptions.Section, name)),
        .. Names(typeof(OrchestratorOptions)).Select(name => (OrchestratorOptions.Section, name)),
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Setting_IsListedWithItsRange(string section, string name)
    {
        string row = Assert.Single(Lines, line => line.StartsWith($"| `{section}:{name}` |", StringComparison.Ordinal));
        Type options = section == SidecarOptions.Section ? typeof(SidecarOptions) : typeof(OrchestratorOptions);
        if (options.GetProperty(name)!.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            string allowed = string.Create(CultureInfo.InvariantCulture, $"| {range.Minimum} to {range.Maximum} |");
            Assert.EndsWith(allowed, row, StringComparison.Ordinal);
        }
    }

    /// <summary>A test that is renamed or deleted must not stay in the table of traps.</summary>
    [Fact]
    public void Traps_Tests_AreThere()
    {
        string all = string.Concat(Directory.EnumerateFiles(Path.Combine(FindRoot(), "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));
        string[] names = [.. Lines.SkipWhile(line => !line.StartsWith("## Traps", StringComparison.Ordinal))
            .SelectMany(line => line.Split('`').Where((_, i) => i % 2 == 1))
            .SelectMany(code => code.Split('.'))
            .Where(part => part.EndsWith("Tests", StringComparison.Ordinal) || part.EndsWith("_…", StringComparison.Ordinal))
            .Select(part => part.TrimStart('…', '_').TrimEnd('…'))];
        Assert.True(names.Length > 20, $"{names.Length} names are found.");
        Assert.All(names, name => Assert.Contains(name, all, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(Type options) =>
        options.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

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
