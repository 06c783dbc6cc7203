using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization;

/// <summary>A token of a text that is being encoded.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">The text that it comes from, 0 or 1.</param>
/// <param name="Source">What it stands for in that text.</param>
/// <param name="Sequence">Its type id, which a template may set.</param>
/// <param name="AddedByTemplate">Whether it comes from a template and not from a text.</param>
internal readonly record struct TextToken(int Id, int Text, SourceSpan Source, int Sequence, bool AddedByTemplate);
