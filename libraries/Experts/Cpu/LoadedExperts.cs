using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>Which experts of a model are loaded, and where their weights are.</summary>
internal sealed class LoadedExperts
{
    private readonly GatedWeights?[][] _weights;

    public LoadedExperts(ModelDescription model) =>
        _weights = [.. model.Layers.Select(layer => new GatedWeights?[layer is MoeFeedForward moe ? moe.Experts : 0])];

    /// <summary>Notes an expert's weights; false when it is loaded already.</summary>
    public bool Add(ExpertId expert, GatedWeights weights)
    {
        ref GatedWeights? place = ref _weights[expert.Layer][expert.Expert];
        if (place is not null)
        {
            return false;
        }

        place = weights;
        return true;
    }

    /// <summary>Forgets an expert; false when it is not loaded.</summary>
    public bool Remove(ExpertId expert)
    {
        ref GatedWeights? place = ref _weights[expert.Layer][expert.Expert];
        bool wasLoaded = place is not null;
        place = null;
        return wasLoaded;
    }

    public GatedWeights Weights(int layer, int expert) =>
        _weights[layer][expert] ?? throw new InvalidOperationException($"Expert {new ExpertId(layer, expert)} is called but not loaded.");
}
