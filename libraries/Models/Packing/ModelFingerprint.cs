using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace DaprMoE.Models;

/// <summary>
/// Names a model by what it computes: its weights and every number of its description that changes results
/// (not its end tokens and longest context, which change when it stops).
/// </summary>
internal static class ModelFingerprint
{
    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(ModelDescription model, string weightsHash)
    {
        StringBuilder text = new();
        AttentionDescription attention = model.Attention;
        Append(text, weightsHash, model.Family, model.HiddenSize, model.VocabularySize, model.NormEpsilon, model.TiedEmbeddings);
        Append(text, attention.Heads, attention.KvHeads, attention.HeadSize, attention.Scale, attention.Biases, attention.QueryKeyNorm);
        Append(text, attention.Rope.AttentionFactor, string.Join(' ', attention.Rope.Frequencies.Select(Exact)));
        foreach (FeedForwardDescription layer in model.Layers)
        {
            switch (layer)
            {
                case MoeFeedForward moe:
                    Append(text, "moe", moe.Experts, moe.TopK, moe.FfnSize, moe.Gate);
                    break;
                case DenseFeedForward dense:
                    Append(text, "dense", dense.FfnSize);
                    break;
            }
        }

        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, params ReadOnlySpan<object> values)
    {
        foreach (object value in values)
        {
            text.Append(value is float number ? Exact(number) : Convert.ToString(value, CultureInfo.InvariantCulture)).Append(';');
        }
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
