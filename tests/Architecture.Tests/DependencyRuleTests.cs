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
        ["WorkflowRuntime"] = [],
        ["Models"] = ["Tensors"],
        ["Inference"] = ["Tensors", "Models", "Text"],
        ["Ports"] = ["Scheduling"],
        ["Experts"] = ["Tensors", "Models", "Scheduling"],
        ["Torch"] = ["Experts"],
        ["Embedded"] = ["Ports", "Experts", "WorkflowRuntime"],
        ["DirectTransport"] = ["Ports", "Experts"],
        ["Sidecar"] = ["Ports"],
        ["Predictors"] = ["Tensors", "Models", "Scheduling"],
        ["Simulation"] = ["Scheduling", "Predictors"],
        ["Dashboard"] = ["Scheduling"],
        ["Dispatch"] = ["Inference", "Predictors", "Scheduling", "Ports"],
        ["Workflows"] = ["WorkflowRuntime", "Ports", "Scheduling", "Tensors"],
    };

    [Fact]
    public void Libraries_ProjectReferences_AreOnlyTheAllowedOnes()
    {
        List<string> faults = [];
        foreach (string project in Projects())
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
            Projects().Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

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
        string[] folders = ["libraries", "workflows", "services", "cli", "samples", "tests", "benchmarks"];
        IEnumerable<string> missing = folders
            .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Projects() =>
        Repository.Files("libraries", "*.csproj").Concat(Repository.Files("workflows", "*.csproj"));

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
