using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>What a step has to do at least, counted from the model: the ground that shares of the machine stand on.</summary>
internal sealed class StepWork(ModelDescription model, ModelWeights weights, DType expertType)
{
    /// <summary>Floating-point operations of a prompt that is computed from nothing, one row of logits included.</summary>
    public double PrefillFlops(int rows)
    {
        double products = 2.0 * rows * LayerMatrices().Sum(matrix => (double)matrix.Values);
        double head = 2.0 * model.VocabularySize * model.HiddenSize;
        double seen = rows * (rows + 1.0) / 2;
        double attention = 4.0 * model.Attention.Heads * model.Attention.HeadSize * seen * model.Layers.Count;
        return products + head + attention;
    }

    /// <summary>Bytes of weights that one token reads: all matrices but the experts it does not go to.</summary>
    public double DecodeBytes() =>
        LayerMatrices().Sum(matrix => (double)matrix.Values * matrix.Type.Size()) + Size(weights.Output);

    private static double Size(PackedMatrix matrix) => (double)matrix.Outputs * matrix.Inputs * matrix.Type.Size();

    private IEnumerable<(long Values, DType Type)> LayerMatrices() =>
        model.Layers.SelectMany((layer, index) => Matrices(layer, weights.Layers[index]));

    private IEnumerable<(long Values, DType Type)> Matrices(FeedForwardDescription layer, LayerWeights layerWeights)
    {
        foreach (PackedMatrix matrix in new[]
        {
            layerWeights.Query.Matrix, layerWeights.Key.Matrix, layerWeights.Value.Matrix, layerWeights.AttentionOutput.Matrix,
        })
        {
            yield return ((long)matrix.Outputs * matrix.Inputs, matrix.Type);
        }

        switch (layer)
        {
            case MoeFeedForward moe:
                yield return ((long)moe.Experts * model.HiddenSize, layerWeights.Gate!.Value.Type);
                yield return (3L * moe.TopK * moe.FfnSize * model.HiddenSize, expertType);
                break;
            case DenseFeedForward dense:
                yield return (3L * dense.FfnSize * model.HiddenSize, layerWeights.Dense!.Value.Down.Type);
                break;
        }
    }
}
