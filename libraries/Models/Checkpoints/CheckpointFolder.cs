namespace DaprMoE.Models;

/// <summary>Finds the folder that holds a checkpoint's files.</summary>
public static class CheckpointFolder
{
    internal const string ConfigFile = "config.json";

    internal const string GenerationConfigFile = "generation_config.json";

    internal const string SingleFile = "model.safetensors";

    internal const string IndexFile = "model.safetensors.index.json";

    private const string Holds =
        $"a checkpoint folder holds {ConfigFile} and {SingleFile}, or {ConfigFile}, {IndexFile} and the shards that it names";

    /// <summary>
    /// The folder itself, or the current snapshot where the folder is an entry of the Hugging Face cache
    /// (<c>models--organisation--name</c> with <c>refs/main</c> and <c>snapshots</c>).
    /// </summary>
    /// <exception cref="CheckpointException">There is no such folder, or it holds no checkpoint; the message says why.</exception>
    public static string Resolve(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new CheckpointException(folder, File.Exists(folder) ? $"is a file; {Holds}" : $"there is no such folder; {Holds}");
        }

        string resolved = HuggingFaceSnapshot(folder) ?? Path.GetFullPath(folder);
        return File.Exists(Path.Combine(resolved, ConfigFile))
            ? resolved
            : throw new CheckpointException(resolved, $"holds no {ConfigFile}; {Holds}");
    }

    /// <summary>The error of a folder without weights that can be read.</summary>
    internal static CheckpointException NoWeights(string folder)
    {
        string? other = Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .FirstOrDefault(name => Path.GetExtension(name) is ".bin" or ".pt" or ".pth" or ".gguf" or ".safetensors");
        string remedy = other is null ? "" : $"; it holds {other}, which is no substitute (convert or rename it)";
        return new CheckpointException(folder, $"holds neither {SingleFile} nor {IndexFile}{remedy}; {Holds}");
    }

    private static string? HuggingFaceSnapshot(string folder)
    {
        string reference = Path.Combine(folder, "refs", "main");
        if (!File.Exists(reference) || new FileInfo(reference).Length > 256)
        {
            return null;
        }

        string revision = File.ReadAllText(reference).Trim();
        string snapshot = Path.Combine(Path.GetFullPath(folder), "snapshots", revision);
        return revision.Length > 0 && revision.All(char.IsAsciiLetterOrDigit) && Directory.Exists(snapshot) ? snapshot : null;
    }
}
