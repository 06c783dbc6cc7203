using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>The model that docs/performance.md measures: 12 layers of 32 experts, top-4, H = 1024, F = 512, bf16, 1.3 GB.</summary>
internal static class BenchModel
{
    /// <summary>The folder with it; written when it is not there.</summary>
    public static string Ensure(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Writing the model to {folder} (1.3 GB) ...");
            RandomCheckpoint.Write(folder, new RandomCheckpointOptions
            {
                Hidden = 1024,
                Layers = 12,
                Experts = 32,
                TopK = 4,
                Ffn = 512,
                Heads = 16,
                KvHeads = 4,
                HeadDim = 64,
                Vocab = 8192,
                MaxPositions = 8192,
                DType = DType.BF16,
            });
        }

        return folder;
    }
}
