namespace DaprMoE.Models;

/// <summary>Lists what safetensors files hold, without a checkpoint around them.</summary>
public static class SafetensorsListing
{
    private const string IndexEnding = ".index.json";

    /// <summary>The tensors of a file, or of all shards that an index names, after the strict checks that loading makes.</summary>
    /// <param name="path">A safetensors file, or a <c>model.safetensors.index.json</c> with its shards beside it.</param>
    /// <exception cref="CheckpointException">Anything is wrong; names file, tensor and fault.</exception>
    public static IReadOnlyList<SafetensorsTensor> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(IndexEnding, StringComparison.Ordinal))
        {
            using CheckpointTensors shards = CheckpointTensors.Open(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return [.. shards.All];
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        return [.. file.Tensors.Values];
    }
}
