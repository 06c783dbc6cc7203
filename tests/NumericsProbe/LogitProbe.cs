using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using DaprMoE.Gateway;
using DaprMoE.Inference;

namespace DaprMoE.NumericsProbe;

/// <summary>Computes a fixed text with a model and hashes all logits.</summary>
public static class LogitProbe
{
    private const int Tokens = 40;
    private const int Chunk = 16;

    /// <summary>The hash of the logits of 40 positions, as hexadecimal digits.</summary>
    public static string Hash(string folder)
    {
        using LocalEngine engine = LocalEngine.Open(folder, new LocalEngineOptions { Threads = 2, TokenBudget = Chunk });
        using SequenceEvaluator evaluator = new(engine.Parts(), Tokens, Chunk);
        int vocabulary = engine.Model.Description.VocabularySize;
        int[] tokens = [.. Enumerable.Range(0, Tokens).Select(i => (i * 37 + 11) % vocabulary)];
        float[] logits = evaluator.Evaluate(tokens);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(logits)).ToString("x16", CultureInfo.InvariantCulture);
    }
}
