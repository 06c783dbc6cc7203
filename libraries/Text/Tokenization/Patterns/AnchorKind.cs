namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Conditions on a position.</summary>
internal enum AnchorKind
{
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    TextEndBeforeNewline,
    WordBoundary,
    NoWordBoundary,
}
