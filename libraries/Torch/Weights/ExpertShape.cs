using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Torch;

/// <summary>Sizes of a layer's experts.</summary>
/// <param name="Hidden">Width H of a row.</param>
/// <param name="Ffn">Width F of the gated product.</param>
internal readonly record struct ExpertShape(int Hidden, int Ffn)
{
    /// <summary>Values of one matrix; all three have equally many.</summary>
    public long MatrixElements => (long)Hidden * Ffn;

    /// <summary>Bytes of an expert in this format, in whole pages.</summary>
    public long Bytes(DType type)
    {
        long page = SlotSizes.PageBytes;
        return ((3 * MatrixElements * type.Size()) + page - 1) / page * page;
    }

    /// <summary>The shapes by layer; null for a dense layer.</summary>
    public static ExpertShape?[] Of(ModelDescription model) =>
        [.. model.Layers.Select(layer => layer is MoeFeedForward moe ? new ExpertShape(model.HiddenSize, moe.FfnSize) : (ExpertShape?)null)];
}
