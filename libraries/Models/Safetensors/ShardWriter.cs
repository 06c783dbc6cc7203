using System.Text.Json.Nodes;

namespace DaprMoE.Models;

/// <summary>Writes weights as one file, or as shards and their index when they are too many bytes for one.</summary>
internal static class ShardWriter
{
    public static void Write(
        string folder, IReadOnlyList<WrittenTensor> tensors, long shardBytes, ByteReporter<WriteProgress> reporter, CancellationToken cancellation)
    {
        List<List<WrittenTensor>> shards = Divide(tensors, shardBytes);
        if (shards is [List<WrittenTensor> all])
        {
            SafetensorsWriter.Write(Path.Combine(folder, CheckpointFolder.SingleFile), all, reporter, cancellation);
            return;
        }

        JsonObject map = [];
        for (int i = 0; i < shards.Count; i++)
        {
            string name = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            SafetensorsWriter.Write(Path.Combine(folder, name), shards[i], reporter, cancellation);
            foreach (WrittenTensor tensor in shards[i])
            {
                map[tensor.Name] = name;
            }
        }

        JsonObject index = new()
        {
            ["metadata"] = new JsonObject { ["total_size"] = tensors.Sum(tensor => tensor.ByteLength) },
            ["weight_map"] = map,
        };
        File.WriteAllText(Path.Combine(folder, CheckpointFolder.IndexFile), index.ToJsonString() + "\n");
    }

    /// <summary>In order; a shard is closed before the tensor that would exceed its bytes.</summary>
    private static List<List<WrittenTensor>> Divide(IEnumerable<WrittenTensor> tensors, long shardBytes)
    {
        List<List<WrittenTensor>> shards = [[]];
        long bytes = 0;
        foreach (WrittenTensor tensor in tensors)
        {
            if (bytes > 0 && bytes + tensor.ByteLength > shardBytes)
            {
                shards.Add([]);
                bytes = 0;
            }

            shards[^1].Add(tensor);
            bytes += tensor.ByteLength;
        }

        return shards;
    }
}
