using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>
/// Bounds on sizes in a <c>config.json</c>, at or above those of any real model. Their largest product, the bytes of all experts
/// (layers x experts x 3 x width x width x 4, below 2^61), fits 64 bits, so sizes need no further checks.
/// </summary>
internal static class ConfigLimits
{
    public const int Width = 1 << 17;

    public const int Vocabulary = 1 << 22;

    public const int Layers = 1 << 10;

    public const int Experts = 1 << 13;

    public const int TopK = MoeFeedForward.MaxTopK;

    public const int HeadSize = PagedAttention.MaxHeadSize;
}
