using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Tells whether a position fulfils a condition.</summary>
internal static class PatternAnchor
{
    public static bool Holds(AnchorKind kind, ReadOnlySpan<char> text, int position) => kind switch
    {
        AnchorKind.LineStart => position == 0 || text[position - 1] == '\n',
        AnchorKind.LineEnd => position == text.Length || text[position] == '\n',
        AnchorKind.TextStart => position == 0,
        AnchorKind.TextEnd => position == text.Length,
        AnchorKind.TextEndBeforeNewline => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        AnchorKind.WordBoundary => IsWordBoundary(text, position),
        AnchorKind.NoWordBoundary => !IsWordBoundary(text, position),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such anchor."),
    };

    private static bool IsWordBoundary(ReadOnlySpan<char> text, int position)
    {
        bool before = position > 0 && CharacterClass.Word.Contains(Utf16.CodePointBefore(text, position, out _));
        bool after = position < text.Length && CharacterClass.Word.Contains(Utf16.CodePointAt(text, position, out _));
        return before != after;
    }
}
