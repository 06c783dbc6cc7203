using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Copies of a model's gates, as predictors before training.</summary>
internal static unsafe class GateCopy
{
    // A norm weight below this share of the largest carries no signal, and would blow its column up.
    private const float LeastShare = 1e-4f;

    /// <summary>The gate of a layer as it is.</summary>
    public static NetworkWeights Raw(PackedModel model, int target)
    {
        float[] weights = GateWeights(model, target, out PackedMatrix gate);
        return Of(gate, weights);
    }

    /// <summary>
    /// The gate of the target with the norm weights of both layers folded in: it sees the source's gate input, which was scaled by the
    /// source's norm, as if the target's norm had scaled it.
    /// </summary>
    public static NetworkWeights Folded(PackedModel model, int source, int target)
    {
        float[] weights = GateWeights(model, target, out PackedMatrix gate);
        ReadOnlySpan<float> from = Norm(model, source);
        ReadOnlySpan<float> to = Norm(model, target);
        float least = 0;
        foreach (float weight in from)
        {
            least = Math.Max(least, LeastShare * Math.Abs(weight));
        }

        for (int i = 0; i < weights.Length; i++)
        {
            int column = i % gate.Inputs;
            weights[i] *= Math.Abs(from[column]) > least ? to[column] / from[column] : 1;
        }

        return Of(gate, weights);
    }

    private static NetworkWeights Of(PackedMatrix gate, float[] weights) =>
        new([DenseWeights.Round(gate.Inputs, gate.Outputs, weights, new float[gate.Outputs])]);

    private static float[] GateWeights(PackedModel model, int layer, out PackedMatrix gate)
    {
        gate = model.Weights.Layers[layer].Gate ?? throw new ArgumentOutOfRangeException(nameof(layer), layer, "The layer has no gate.");
        float[] weights = new float[gate.Outputs * gate.Inputs];
        MatrixPacker.Unpack(gate, weights);
        return weights;
    }

    private static ReadOnlySpan<float> Norm(PackedModel model, int layer)
    {
        VectorView norm = model.Weights.Layers[layer].PostAttentionNorm;
        return new ReadOnlySpan<float>((float*)norm.Data, norm.Length);
    }
}
