using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference.Tests;

/// <summary>Small models for engine tests: the bundled one (top-2), a golden fixture (top-4), and random ones with top-8 and top-3.</summary>
internal static class TestModels
{
    private static readonly Lazy<string> TopEight = new(() => MakeRandom(topK: 8));
    private static readonly Lazy<string> TopThree = new(() => MakeRandom(topK: 3));

    public static IReadOnlyList<string> Names { get; } = ["tiny-moe", "qwen3_moe", "qwen3_moe-tail", "top-8"];

    public static string Root { get; } = FindRoot();

    public static string Folder(string name) => name switch
    {
        "tiny-moe" => Path.Combine(Root, "models", "tiny-moe"),
        "top-8" => TopEight.Value,
        "top-3" => TopThree.Value,
        _ => Path.Combine(Root, "tests", "fixtures", "models", name),
    };

    private static string MakeRandom(int topK)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"daprmoe-tests-top{topK}-{Environment.ProcessId}");
        RandomCheckpoint.Write(folder, new RandomCheckpointOptions
        {
            Hidden = 96,
            Layers = 2,
            Experts = 24,
            TopK = topK,
            Ffn = 40,
            Heads = 6,
            KvHeads = 2,
            HeadDim = 16,
            Vocab = 200,
            MaxPositions = 256,
            DType = DType.F16,
            Seed = (ulong)topK,
        });
        return folder;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds DaprMoE.sln.");
    }
}
