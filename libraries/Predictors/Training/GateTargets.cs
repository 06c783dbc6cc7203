using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>What training aims at: for each row, shares of the experts that add up to 1, [rows, E].</summary>
internal static unsafe class GateTargets
{
    private const int Chunk = 512;

    /// <summary>The softmax of the layer's own gate over its own gate inputs.</summary>
    public static float[] Full(PackedModel model, int layer, TrainingRows gateInputs)
    {
        PackedMatrix gate = model.Weights.Layers[layer].Gate!.Value;
        float[] shares = new float[(long)gateInputs.Count * gate.Outputs];
        using WorkerPool worker = new(1);
        using MatMul matMul = new(worker, (long)Chunk * gate.Inputs);
        fixed (float* output = shares)
        {
            for (int first = 0; first < gateInputs.Count; first += Chunk)
            {
                int rows = Math.Min(Chunk, gateInputs.Count - first);
                float* logits = output + ((long)first * gate.Outputs);
                matMul.Run([new MatMulTask
                {
                    Input = gateInputs.Pointer + ((long)first * gate.Inputs),
                    InputStride = gate.Inputs,
                    Rows = rows,
                    Weights = gate,
                    Output = logits,
                    OutputStride = gate.Outputs,
                    Columns = gate.Outputs,
                }]);
                for (int row = 0; row < rows; row++)
                {
                    VectorMath.Best.Softmax(logits + (row * gate.Outputs), logits + (row * gate.Outputs), gate.Outputs);
                }
            }
        }

        return shares;
    }

    /// <summary>The shares of the chosen experts alone.</summary>
    public static float[] Chosen(float[] full, ushort[] choices, int experts, int topK)
    {
        float[] shares = new float[full.Length];
        for (int row = 0; row < full.Length / experts; row++)
        {
            ReadOnlySpan<ushort> chosen = choices.AsSpan(row * topK, topK);
            float sum = 0;
            foreach (ushort expert in chosen)
            {
                sum += full[(row * experts) + expert];
            }

            foreach (ushort expert in chosen)
            {
                shares[(row * experts) + expert] = full[(row * experts) + expert] / sum;
            }
        }

        return shares;
    }

    /// <summary>The same share for each of the chosen experts.</summary>
    public static float[] Even(ushort[] choices, int experts, int topK)
    {
        float[] shares = new float[(long)choices.Length / topK * experts];
        for (int i = 0; i < choices.Length; i++)
        {
            shares[(i / topK * experts) + choices[i]] = 1f / topK;
        }

        return shares;
    }
}
