using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>What predictors need to know of a model: which one it is, and its MoE layers.</summary>
public sealed record MoeShape
{
    /// <summary>The model's fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Width H of a gate input.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Token ids are 0 to this less one.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The MoE layers, in order.</summary>
    public required IReadOnlyList<MoeLayerShape> Layers { get; init; }

    /// <summary>The shape of a model.</summary>
    /// <exception cref="PredictorException">The model has no MoE layer.</exception>
    public static MoeShape Of(PackedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelDescription description = model.Description;
        MoeLayerShape[] layers = [.. description.Layers
            .Select((layer, index) => (Moe: layer as MoeFeedForward, Index: index))
            .Where(layer => layer.Moe is not null)
            .Select(layer => new MoeLayerShape(layer.Index, layer.Moe!.Experts, layer.Moe.TopK))];
        return layers.Length == 0
            ? throw new PredictorException($"{model.Path}: the model has no MoE layer, so there is no expert load to forecast.")
            : new MoeShape
            {
                Fingerprint = model.Fingerprint,
                HiddenSize = description.HiddenSize,
                VocabularySize = description.VocabularySize,
                Layers = layers,
            };
    }

    /// <summary>The place of a layer among the MoE layers, from 0; -1 for a dense layer.</summary>
    public int IndexOf(int layer)
    {
        for (int index = 0; index < Layers.Count; index++)
        {
            if (Layers[index].Layer == layer)
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>One MoE layer.</summary>
/// <param name="Layer">Its number in the model.</param>
/// <param name="Experts">Experts E.</param>
/// <param name="TopK">Experts per token, k.</param>
public sealed record MoeLayerShape(int Layer, int Experts, int TopK);
