using DaprMoE.Models;

namespace DaprMoE.Predictors.Tests;

/// <summary>Models to make predictors for.</summary>
internal static class TestModels
{
    public static string Root { get; } = FindRoot();

    public static string TinyMoe => Path.Combine(Root, "models", "tiny-moe");

    /// <summary>The smallest fixture: 3 layers of 16 experts, 4 per token, hidden size 64, 320 tokens.</summary>
    public static PackedModel OpenSmall(TemporaryFolder folder, string name = "qwen3_moe") =>
        PackedModel.Open(Path.Combine(Root, "tests", "fixtures", "models", name), new PackOptions { Folder = folder.Path });

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

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("daprmoe-predictors-").FullName;

    /// <summary>A path inside.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
