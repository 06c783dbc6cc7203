using DaprMoE.Models;

namespace DaprMoE.Inference;

/// <summary>The feed-forward part of a layer: reads the workspace's normed rows, writes what it adds to its residual rows.</summary>
internal interface IFeedForwardPart
{
    void Run(LayerWeights weights, int rows);
}
