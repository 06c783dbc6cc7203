namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>A place in a template.</summary>
/// <param name="Text">The text that stands here, 0 or 1; null for special tokens.</param>
/// <param name="Ids">The special tokens that stand here. The template's own ids count, not the vocabulary's.</param>
/// <param name="Sequence">The type id of the tokens here.</param>
internal sealed record TemplatePiece(int? Text, int[] Ids, int Sequence);
