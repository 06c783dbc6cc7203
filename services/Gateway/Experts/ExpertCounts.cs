using DaprMoE.Models;

namespace DaprMoE.Gateway;

/// <summary>Experts of a model's layers.</summary>
internal static class ExpertCounts
{
    /// <summary>Experts of each layer; 0 for a dense one.</summary>
    public static IReadOnlyList<int> Of(ModelDescription model) =>
        [.. model.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];
}
