using System.Text.Json;

namespace DaprMoE.Models;

/// <summary>Reads <c>model.safetensors.index.json</c>: which shard holds each tensor.</summary>
internal static class ShardIndex
{
    private const int MaxBytes = 256 << 20;

    /// <summary>Shard file name by tensor name.</summary>
    /// <exception cref="CheckpointException">The index is malformed or names anything but plain file names of its own folder.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        using JsonDocument document = JsonFile.Read(path, MaxBytes);
        if (!document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
        {
            throw new CheckpointException(path, "has no object 'weight_map' that names the shard of each tensor");
        }

        Dictionary<string, string> shards = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
            {
                string kind = entry.Value.ValueKind.ToString().ToLowerInvariant();
                throw new CheckpointException(path, entry.Name, $"the shard in weight_map is a {kind}; allowed are file names");
            }

            string shard = entry.Value.GetString()!;
            shards.Add(entry.Name, IsPlainName(shard) ? shard : throw NotPlain(path, entry.Name, shard));
        }

        return shards;
    }

    /// <summary>
    /// Nothing outside the folder is read whatever an index says, so a shard is a name without any path.
    /// The file of that name may be a link: then whoever made the folder chose where it leads (the Hugging Face cache links to its blobs).
    /// </summary>
    private static bool IsPlainName(string name) =>
        name.EndsWith(".safetensors", StringComparison.Ordinal)
        && !name.Contains("..", StringComparison.Ordinal)
        && name.AsSpan().IndexOfAny("/\\:\0") < 0;

    private static CheckpointException NotPlain(string path, string tensor, string shard) =>
        new(path, tensor, $"the shard in weight_map is '{shard}'; allowed are plain names of .safetensors files beside the index");
}
