using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Turns rows of logits into foreseen experts and loads.</summary>
internal static unsafe class LogitLoads
{
    /// <summary>The k largest of a row, in descending order, of equals the lower expert first. The logits are used up.</summary>
    public static void TakeLargest(float* logits, int experts, Span<int> chosen)
    {
        for (int slot = 0; slot < chosen.Length; slot++)
        {
            int best = VectorMath.Best.ArgMax(logits, experts);
            chosen[slot] = best;
            logits[best] = float.NegativeInfinity;
        }
    }

    /// <summary>Adds a row's shares, times k, to loads. The logits become the shares.</summary>
    public static void AddShares(float* logits, int experts, int topK, Span<float> loads)
    {
        VectorMath.Best.Softmax(logits, logits, experts);
        for (int expert = 0; expert < experts; expert++)
        {
            loads[expert] += topK * logits[expert];
        }
    }
}
