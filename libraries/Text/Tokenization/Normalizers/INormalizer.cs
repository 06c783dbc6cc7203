using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>Changes text before it is cut into pieces.</summary>
internal interface INormalizer
{
    /// <summary>The changed text, or the same object if nothing changes.</summary>
    AlignedText Normalize(AlignedText text);
}
