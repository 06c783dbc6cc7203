using System.Text.Json;

namespace DaprMoE.Architecture.Tests;

/// <summary>The instructions of a container file, in their order.</summary>
internal sealed record ContainerFile(IReadOnlyList<(string Word, string Value)> Instructions)
{
    /// <summary>The container files of the repository, by the folder that they are in.</summary>
    public static IEnumerable<string> Paths =>
        Repository.Files("deploy", "Containerfile").Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal);

    public IReadOnlyList<string> EntryPoint => JsonSerializer.Deserialize<string[]>(Last("ENTRYPOINT"))!;

    public static ContainerFile Read(string path) => new(
    [
        .. File.ReadLines(Path.Combine(Repository.Root, path))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2))
            .Select(words => (words[0], words[1])),
    ]);

    /// <summary>What the last instruction of a word says.</summary>
    public string Last(string word) => Instructions.Last(one => one.Word == word).Value;
}
