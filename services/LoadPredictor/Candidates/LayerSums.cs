using System.Numerics.Tensors;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>Brings raw scores into the form of loads.</summary>
internal static class LayerSums
{
    /// <summary>
    /// Negative and undefined scores become 0, and each layer's sum the number of experts; a layer without any becomes even.
    /// </summary>
    public static void Normalise(LayerShape shape, Span<float> loads)
    {
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            Span<float> own = loads.Slice(layer * shape.Experts, shape.Experts);
            foreach (ref float load in own)
            {
                load = load > 0 && float.IsFinite(load) ? load : 0;
            }

            float sum = TensorPrimitives.Sum<float>(own);
            if (sum > 0 && float.IsFinite(sum))
            {
                TensorPrimitives.Multiply(own, shape.Experts / sum, own);
            }
            else
            {
                own.Fill(1);
            }
        }
    }
}
