using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>Turns one row of router logits into chosen experts and combine weights.</summary>
internal static unsafe class Gate
{
    private const int MaxExpertsOnStack = 1024;

    /// <summary>Fills experts and weights, by weight, descending; of equal weights the lower expert comes first.</summary>
    public static void Choose(VectorMath math, MoeFeedForward moe, ReadOnlySpan<float> logits, Span<int> experts, Span<float> weights)
    {
        Span<float> scores = logits.Length <= MaxExpertsOnStack ? stackalloc float[logits.Length] : new float[logits.Length];
        logits.CopyTo(scores);
        fixed (float* score = scores)
        {
            math.Softmax(score, score, scores.Length);
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
