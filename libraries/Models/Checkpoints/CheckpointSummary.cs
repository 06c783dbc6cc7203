namespace DaprMoE.Models;

/// <summary>What a checkpoint folder holds, in figures.</summary>
public sealed record CheckpointSummary
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What the model computes: family, sizes, layers, context.</summary>
    public required ModelDescription Description { get; init; }

    /// <summary>The layers with experts, ascending.</summary>
    public required IReadOnlyList<int> MoeLayers { get; init; }

    /// <summary>Experts of a MoE layer; 0 without any.</summary>
    public required int Experts { get; init; }

    /// <summary>Experts per token; 0 without MoE layers.</summary>
    public required int TopK { get; init; }

    /// <summary>Bytes of one expert as stored in the checkpoint (of the largest, where they differ).</summary>
    public required long BytesPerExpert { get; init; }

    /// <summary>Bytes of all experts as stored.</summary>
    public required long TotalExpertBytes { get; init; }

    /// <summary>Bytes as stored of everything that is needed but the experts.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>Weights of the model.</summary>
    public required long TotalParameters { get; init; }

    /// <summary>Weights that take part in a token: everything but the experts, and top-k experts of each MoE layer.</summary>
    public required long ActiveParameters { get; init; }

    /// <summary>Bytes of keys and values per token of context, in f32.</summary>
    public required long KvBytesPerToken { get; init; }

    /// <summary>Stored bytes by dtype name, of the tensors that the model needs.</summary>
    public required IReadOnlyDictionary<string, long> BytesByType { get; init; }

    /// <summary>The files with the weights.</summary>
    public required IReadOnlyList<CheckpointFileSize> Files { get; init; }

    /// <summary>Whether a <c>tokenizer.json</c> is there.</summary>
    public required bool HasTokenizer { get; init; }

    /// <summary>Whether a chat template is there, in its own file or in <c>tokenizer_config.json</c>.</summary>
    public required bool HasChatTemplate { get; init; }

    /// <summary>Tensors in the files that the model does not use.</summary>
    public required IReadOnlyList<string> IgnoredTensors { get; init; }

    /// <summary>Looks at a folder.</summary>
    /// <exception cref="CheckpointException">It holds no checkpoint that can be used; the message says why.</exception>
    public static CheckpointSummary Of(string folder)
    {
        using Checkpoint checkpoint = Checkpoint.Open(folder);
        return CheckpointCensus.Take(checkpoint);
    }
}
