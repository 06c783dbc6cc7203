using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Runs a network as it will serve over rows of a recording.</summary>
internal static unsafe class RowForecasting
{
    private const int Chunk = 512;

    /// <summary>What a network says of rows.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="inputs">Gate inputs of the source layer.</param>
    /// <param name="topK">Experts per token of the target layer.</param>
    /// <param name="rows">Rows to forecast; the others stay 0.</param>
    public static RowForecast Of(NetworkWeights weights, TrainingRows inputs, int topK, ReadOnlySpan<int> rows)
    {
        int experts = weights.Outputs;
        RowForecast forecast = new(experts, topK, inputs.Count);
        using ServingNetwork network = new(weights, Chunk);
        using WorkerPool worker = new(1);
        using MatMul matMul = new(worker, (long)Chunk * network.WidestRow);
        using NativeBuffer logits = new((long)Chunk * experts * sizeof(float));
        for (int first = 0; first < rows.Length; first += Chunk)
        {
            ReadOnlySpan<int> chunk = rows.Slice(first, Math.Min(Chunk, rows.Length - first));
            fixed (int* index = chunk)
            {
                network.Forward(matMul, inputs.Pointer, index, chunk.Length, logits.Floats);
            }

            for (int i = 0; i < chunk.Length; i++)
            {
                Keep(forecast, chunk[i], logits.Floats + (i * experts));
            }
        }

        return forecast;
    }

    private static void Keep(RowForecast forecast, int row, float* logits)
    {
        int experts = forecast.Experts;
        int topK = forecast.TopK;
        int* chosen = stackalloc int[topK];
        LargestLogits.Take(logits, experts, chosen, topK);
        for (int slot = 0; slot < topK; slot++)
        {
            forecast.Choices[(row * topK) + slot] = (ushort)chosen[slot];
        }

        fixed (float* shares = forecast.Soft.AsSpan(row * experts, experts))
        {
            VectorMath.Best.Softmax(logits, shares, experts);
            VectorMath.Best.Scale(shares, topK, experts);
        }
    }
}
