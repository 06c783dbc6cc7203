using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>Folders with golden vectors of the policies, a file for each algorithm. A file of an algorithm that is not built yet is listed.</summary>
/// <param name="strict">Whether a file that is not supported fails the check.</param>
internal sealed class PolicyVectorsVerifier(bool strict) : IVerifier
{
    public string Kind => "policy vectors";

    public string Holds => $"golden vectors of policies ({PolicyVectors.Files[0]}, …)";

    public bool Accepts(string folder) => PolicyVectors.Files.Any(file => File.Exists(Path.Combine(folder, file)));

    public Task<IReadOnlyList<Check>> RunAsync(string folder, string? with, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Check>>([.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Run)]);

    private static PolicyVectorResult Verify(string file, byte[] json) => file == RoutingVectors.File
        ? PolicyVectors.Verify(file, json, new RoutingVectors())
        : PolicyVectors.Verify(file, json);

    private Check Run(string path)
    {
        PolicyVectorResult result = Verify(Path.GetFileName(path), File.ReadAllBytes(path));
        if (!result.Supported)
        {
            return new Check(result.File, Ok: !strict, Detail: "not supported", Supported: false);
        }

        int cases = result.Passed + result.Failed;
        return result.Mismatches.Count == 0
            ? new Check(result.File, Ok: true, Detail: $"{cases} cases")
            : new Check(result.File, Ok: false, Detail: $"{result.Failed} of {cases} cases differ; {result.Mismatches[0]}");
    }
}
