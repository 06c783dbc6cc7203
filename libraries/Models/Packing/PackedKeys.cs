namespace DaprMoE.Models;

/// <summary>Keys of the weights in a packed file, the same for all families.</summary>
internal static class PackedKeys
{
    public const string Embedding = "embedding";

    public const string Output = "output";

    public const string FinalNorm = "final_norm";

    public static string Bias(string key) => $"{key}.bias";

    public static LayerKeys Layer(int layer) => new($"layers.{layer}");
}
