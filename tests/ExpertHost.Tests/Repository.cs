using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>Where this repository's models and the built expert host are.</summary>
internal static class Repository
{
    private static readonly Lazy<string> TopEight = new(MakeTopEight);

    public static string Root { get; } = FindRoot();

    /// <summary>The expert host's program, built with the same configuration as this.</summary>
    public static string ExpertHost
    {
        get
        {
            string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "ExpertHost", configuration, "DaprMoE.ExpertHost.dll"));
        }
    }

    /// <summary>Models with top-2 (the bundled one), top-4 (a golden fixture) and top-8 (a random one).</summary>
    public static string Model(string name) => name switch
    {
        "tiny-moe" => Path.Combine(Root, "models", "tiny-moe"),
        "top-8" => TopEight.Value,
        _ => Path.Combine(Root, "tests", "fixtures", "models", name),
    };

    private static string MakeTopEight()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"daprmoe-hosts-top8-{Environment.ProcessId}");
        RandomCheckpoint.Write(folder, new RandomCheckpointOptions
        {
            Hidden = 96,
            Layers = 2,
            Experts = 24,
            TopK = 8,
            Ffn = 40,
            Heads = 6,
            KvHeads = 2,
            HeadDim = 16,
            Vocab = 200,
            MaxPositions = 256,
            DType = DType.F16,
            Seed = 8,
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
