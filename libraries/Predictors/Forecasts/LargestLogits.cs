using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>The k largest of a row of logits, in descending order, of equals the lower expert first.</summary>
internal static unsafe class LargestLogits
{
    /// <param name="logits">The row; as it was when this returns.</param>
    /// <param name="experts">Values of the row.</param>
    /// <param name="chosen">Receives k indices.</param>
    /// <param name="topK">How many, at most <see cref="Models.MoeFeedForward.MaxTopK"/>.</param>
    public static void Take(float* logits, int experts, int* chosen, int topK)
    {
        float* taken = stackalloc float[topK];
        for (int slot = 0; slot < topK; slot++)
        {
            int best = VectorMath.Best.ArgMax(logits, experts);
            chosen[slot] = best;
            taken[slot] = logits[best];
            logits[best] = float.NegativeInfinity;
        }

        // The other way round: where an expert was taken twice, because nothing but infinities was left, its first value counts.
        for (int slot = topK - 1; slot >= 0; slot--)
        {
            logits[chosen[slot]] = taken[slot];
        }
    }
}
