using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>A place in the template's source that knows its line.</summary>
internal sealed class SourceCursor(string source)
{
    public string Source { get; } = source;

    public int Position { get; private set; }

    public int Line { get; private set; } = 1;

    /// <summary>True at the start and right after a consumed line break.</summary>
    public bool AtLineStart => Position == 0 || Source[Position - 1] == '\n';

    public bool AtEnd => Position == Source.Length;

    public char Current => At(0);

    /// <summary>The character some places ahead; NUL beyond the end.</summary>
    public char At(int ahead) => Position + ahead < Source.Length ? Source[Position + ahead] : '\0';

    public bool StartsWith(string text) => string.CompareOrdinal(Source, Position, text, 0, text.Length) == 0;

    public string Take(int length)
    {
        string taken = Source.Substring(Position, length);
        Line += taken.AsSpan().Count('\n');
        Position += length;
        return taken;
    }

    public void SkipWhiteSpace()
    {
        int end = Position;
        while (end < Source.Length && WhiteSpace.Is(Source[end]))
        {
            end++;
        }

        Take(end - Position);
    }
}
