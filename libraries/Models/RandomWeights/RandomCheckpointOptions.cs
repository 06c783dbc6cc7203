using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Sizes of a checkpoint with random weights. The defaults give a small model of the family.</summary>
public sealed record RandomCheckpointOptions
{
    /// <summary>The family, one of <see cref="ModelFamilies.Names"/>.</summary>
    public string Family { get; init; } = "qwen3_moe";

    /// <summary>Width of the residual stream.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Experts of each layer.</summary>
    public int Experts { get; init; } = 8;

    /// <summary>Experts per token, at most <see cref="MoeFeedForward.MaxTopK"/>.</summary>
    public int TopK { get; init; } = 2;

    /// <summary>Width of one expert.</summary>
    public int Ffn { get; init; } = 128;

    /// <summary>Query heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads, a divisor of <see cref="Heads"/>.</summary>
    public int KvHeads { get; init; } = 2;

    /// <summary>Values per head: even, at most 256.</summary>
    public int HeadDim { get; init; } = 64;

    /// <summary>Entries of the vocabulary.</summary>
    public int Vocab { get; init; } = 1024;

    /// <summary>Longest context in tokens.</summary>
    public int MaxPositions { get; init; } = 4096;

    /// <summary>Whether the output matrix is the embedding.</summary>
    public bool TieEmbeddings { get; init; }

    /// <summary>The dtype of all weights.</summary>
    public DType DType { get; init; } = DType.BF16;

    /// <summary>The same seed and sizes give the same bytes, on any machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Weights are divided into files of at most about so many bytes.</summary>
    public long ShardBytes { get; init; } = 4_000_000_000;

    /// <summary>Every value that is not allowed, one sentence each; empty when all are.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (ModelFamilies.Find(Family) is null)
        {
            faults.Add($"{nameof(Family)} is '{Family}'; known are {string.Join(", ", ModelFamilies.Names)}");
        }

        RequireRange(faults, nameof(Hidden), Hidden, 1, ConfigLimits.Width);
        RequireRange(faults, nameof(Layers), Layers, 1, ConfigLimits.Layers);
        RequireRange(faults, nameof(Experts), Experts, 1, ConfigLimits.Experts);
        RequireRange(faults, nameof(TopK), TopK, 1, Math.Clamp(Experts, 1, ConfigLimits.TopK));
        RequireRange(faults, nameof(Ffn), Ffn, 1, ConfigLimits.Width);
        RequireRange(faults, nameof(Heads), Heads, 1, ConfigLimits.Width);
        RequireRange(faults, nameof(KvHeads), KvHeads, 1, ConfigLimits.Width);
        RequireRange(faults, nameof(HeadDim), HeadDim, 2, MaxHeadDim());
        RequireRange(faults, nameof(Vocab), Vocab, 1, ConfigLimits.Vocabulary);
        RequireRange(faults, nameof(MaxPositions), MaxPositions, 1, int.MaxValue);
        RequireRange(faults, nameof(ShardBytes), ShardBytes, 1, long.MaxValue);
        if (KvHeads > 0 && Heads % KvHeads != 0)
        {
            faults.Add($"{nameof(KvHeads)} is {KvHeads}; allowed are divisors of {nameof(Heads)}, {Heads}");
        }

        if (HeadDim % 2 != 0)
        {
            faults.Add($"{nameof(HeadDim)} is {HeadDim}; allowed are even numbers, because positions rotate pairs");
        }

        return faults;
    }

    private int MaxHeadDim() => Math.Min(ConfigLimits.HeadSize, ConfigLimits.Width / Math.Clamp(Heads, 1, ConfigLimits.Width / 2));

    private static void RequireRange(List<string> faults, string name, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            faults.Add($"{name} is {value}; allowed are {min} to {max}");
        }
    }
}
