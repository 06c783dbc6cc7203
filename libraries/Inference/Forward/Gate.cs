using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>Turns one row of router logits into chosen experts and combine weights.</summary>
internal static unsafe class Gate
{
    /// <summary>Fills experts and weights, by weight, descending; of equal weights the lower expert comes first.</summary>
    /// <param name="math">The arithmetic.</param>
    /// <param name="moe">The layer.</param>
    /// <param name="logits">Router logits, one per expert.</param>
    /// <param name="scores">Scratch, one value per expert.</param>
    /// <param name="experts">Receives the chosen experts.</param>
    /// <param name="weights">Receives their combine weights.</param>
    public static void Choose(
        VectorMath math, MoeFeedForward moe, float* logits, Span<float> scores, Span<int> experts, Span<float> weights)
    {
        fixed (float* score = scores)
        {
            math.Softmax(logits, score, scores.Length);
        }

        TakeLargest(scores, experts, weights);
        if (moe.Gate == GateKind.SoftmaxNormalized)
        {
            Normalize(weights);
        }
    }

    private static void TakeLargest(Span<float> scores, Span<int> experts, Span<float> weights)
    {
        for (int slot = 0; slot < experts.Length; slot++)
        {
            int best = 0;
            for (int expert = 1; expert < scores.Length; expert++)
            {
                if (scores[expert] > scores[best])
                {
                    best = expert;
                }
            }

            experts[slot] = best;
            weights[slot] = scores[best];
            scores[best] = float.NegativeInfinity;
        }
    }

    private static void Normalize(Span<float> weights)
    {
        float sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        foreach (ref float weight in weights)
        {
            weight /= sum;
        }
    }
}
