using DaprMoE.Models;

namespace DaprMoE.Inference.Tests;

/// <summary>A description for tests that need sizes, not weights.</summary>
internal static class TinyModel
{
    public static ModelDescription Description { get; } = new()
    {
        Family = "test",
        HiddenSize = 8,
        VocabularySize = 100,
        MaxPositions = 128,
        NormEpsilon = 1e-6f,
        TiedEmbeddings = true,
        Attention = new AttentionDescription
        {
            Heads = 2,
            KvHeads = 1,
            HeadSize = 4,
            Scale = 0.5f,
            Biases = false,
            QueryKeyNorm = false,
            Rope = new RopeDescription([1.0, 0.1], 1),
        },
        Layers = [new DenseFeedForward(16)],
        EndTokens = [],
    };
}
