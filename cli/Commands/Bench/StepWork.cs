using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>What a step has to do at least, counted from the model: the ground that shares of the machine stand on.</summary>
internal sealed class StepWork(PackedModel packed)
{
    private readonly ModelDescription _model = packed.Description;
    private readonly ModelWeights _weights = packed.Weights;

    /// <summary>Floating-point operations of a prompt that is computed from nothing, one row of logits included.</summary>
    public double PrefillFlops(int rows)
    {
        double products = 2.0 * rows * LayerMatrices().Sum(matrix => (double)matrix.Values);
        double head = 2.0 * _model.VocabularySize * _model.HiddenSize;
        double seen = rows * (rows + 1.0) / 2;
        double attention = 4.0 * _model.Attention.Heads * _model.Attention.HeadSize * seen * _model.Layers.Count;
        return products + head + attention;
    }

    /// <summary>Bytes of weights that one token reads: all matrices but the experts it does not go to.</summary>
    public double DecodeBytes() =>
        LayerMatrices().Sum(matrix => (double)matrix.Values * matrix.Type.Size()) + Size(_weights.Output);

    private static double Size(PackedMatrix matrix) => (double)matrix.Outputs * matrix.Inputs * matrix.Type.Size();

    private IEnumerable<(long Values, DType Type)> LayerMatrices() =>
        _model.Layers.SelectMany((layer, index) => Matrices(layer, index));

    private IEnumerable<(long Values, DType Type)> Matrices(FeedForwardDescription layer, int index)
    {
        LayerWeights layerWeights = _weights.Layers[index];
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
                yield return ((long)moe.Experts * _model.HiddenSize, layerWeights.Gate!.Value.Type);
                GatedWeights expert = packed.ExpertAt(index, 0, 0);
                yield return (2L * moe.TopK * moe.FfnSize * _model.HiddenSize, expert.GateUp.Type);
                yield return ((long)moe.TopK * moe.FfnSize * _model.HiddenSize, expert.Down.Type);
                break;
            case DenseFeedForward dense:
                GatedWeights network = layerWeights.Dense!.Value;
                yield return (2L * dense.FfnSize * _model.HiddenSize, network.GateUp.Type);
                yield return ((long)dense.FfnSize * _model.HiddenSize, network.Down.Type);
                break;
        }
    }
}
