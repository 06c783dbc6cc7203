using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch;

/// <summary>Combines each token's expert rows: terms in ascending expert id, summed by the fixed binary tree.</summary>
internal unsafe struct CombineJob : IWorkerJob
{
    /// <summary>From this many tokens on, a fork and join of the workers pays.</summary>
    public const int ParallelTokens = 8;

    /// <summary>Most terms of a token; they are ordered on the stack.</summary>
    public const int MaxTopK = MoeFeedForward.MaxTopK;

    public VectorMath Math;
    public float* Rows;
    public int* Slots;
    public float* Weights;

    /// <summary>For each sorted assignment what its row holds; null when all rows are raw.</summary>
    public byte* Covered;

    public float* Output;
    public int TopK;
    public int HiddenSize;
    public int Tokens;

    public readonly void Execute(int worker, int workers)
    {
        WorkShare share = new(Tokens, worker, workers);
        int* slots = stackalloc int[MaxTopK];
        float* weights = stackalloc float[MaxTopK];
        byte* covered = stackalloc byte[MaxTopK];
        for (int token = (int)share.From; token < share.To; token++)
        {
            Order(token * TopK, slots, weights);
            float* output = Output + ((long)token * HiddenSize);
            if (Covered == null)
            {
                Math.Combine(Rows, HiddenSize, slots, weights, TopK, output, HiddenSize);
            }
            else
            {
                Gather(slots, covered);
                Math.CombineCovered(Rows, HiddenSize, slots, weights, covered, TopK, output, HiddenSize);
            }
        }
    }

    /// <summary>Sorts a token's terms by expert. Assignments are sorted by expert, so their slots ascend with it.</summary>
    private readonly void Order(int first, int* slots, float* weights)
    {
        for (int i = 0; i < TopK; i++)
        {
            int at = i;
            for (; at > 0 && slots[at - 1] > Slots[first + i]; at--)
            {
                slots[at] = slots[at - 1];
                weights[at] = weights[at - 1];
            }

            slots[at] = Slots[first + i];
            weights[at] = Weights[first + i];
        }
    }

    private readonly void Gather(int* slots, byte* covered)
    {
        for (int i = 0; i < TopK; i++)
        {
            covered[i] = Covered[slots[i]];
        }
    }
}
