using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>Several normalizers, one after the other.</summary>
internal sealed class SequenceNormalizer(INormalizer[] steps) : INormalizer
{
    public AlignedText Normalize(AlignedText text) => steps.Aggregate(text, (current, step) => step.Normalize(current));
}
