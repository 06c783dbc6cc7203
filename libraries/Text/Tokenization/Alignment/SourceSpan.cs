namespace DaprMoE.Text.Tokenization.Alignment;

/// <summary>A stretch of the original text, in UTF-16 units.</summary>
internal readonly record struct SourceSpan(int Start, int End);
