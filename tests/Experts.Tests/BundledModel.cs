using DaprMoE.Models;

namespace DaprMoE.Experts.Tests;

/// <summary>The bundled model: 6 layers of 16 experts, H = F = 192, bf16.</summary>
internal static class BundledModel
{
    public const int Hidden = 192;
    public const int Ffn = 192;
    public const long ExpertBytes = 221_184;

    public static PackedModel Open() => PackedModel.Open(Folder, cancellationToken: TestContext.Current.CancellationToken);

    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
            {
                return Path.Combine(folder.FullName, "models", "tiny-moe");
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds DaprMoE.sln.");
    }
}
