using System.Xml.Linq;

namespace DaprMoE.Architecture.Tests;

/// <summary>Holds the table of docs/decisions/0001-layout-and-dependencies.md.</summary>
public sealed class DependencyRuleTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Tensors"] = [],
        ["Text"] = [],
        ["Scheduling"] = [],
        ["ServiceDefaults"] = [],
        ["Models"] = ["Tensors"],
        ["Inference"] = ["Tensors", "Models", "Text"],
        ["Ports"] = ["Scheduling"],
        ["Experts"] = ["Tensors", "Models", "Scheduling"],
        ["Torch"] = ["Experts"],
        ["Embedded"] = ["Ports", "Experts"],
        ["DirectTransport"] = ["Ports", "Experts"],
        ["Simulation"] = ["Scheduling", "Predictors"],
        ["Dispatch"] = ["Inference", "Scheduling", "Ports"],
    };

    [Fact]
    public void Libraries_ProjectReferences_AreOnlyTheAllowedOnes()
    {
        List<string> faults = [];
        foreach (string project in Repository.Files("libraries", "*.csproj"))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            string[] allowed = Allowed.GetValueOrDefault(name) ?? [];
            faults.AddRange(References(project).Except(allowed).Select(reference => $"{name} → {reference}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void Libraries_Projects_AreThoseOfTheTable() =>
        Assert.Equal(
            Allowed.Keys.Order(StringComparer.Ordinal),
            Repository.Files("libraries", "*.csproj").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void DecisionLibraries_Packages_AreNone()
    {
        string project = Path.Combine(Repository.Root, "libraries", "Scheduling", "Scheduling.csproj");
        Assert.Empty(XDocument.Load(project).Descendants("PackageReference"));
    }

    [Fact]
    public void Solution_EveryProject_IsListed()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "DaprMoE.sln")).Replace('\\', '/');
        string[] folders = ["libraries", "services", "cli", "tests", "benchmarks"];
        IEnumerable<string> missing = folders
            .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
