using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>Finds <c>{% raw %}</c> and its end, between which nothing is a tag.</summary>
internal static class RawBlock
{
    /// <summary>Length of a <c>{% raw %}</c> at the cursor with the white space that <c>-%}</c> strips; null if there is none.</summary>
    public static int? BeginLength(SourceCursor cursor)
    {
        if (Match(cursor.Source, cursor.Position, "raw") is not { } end || end.Sign == '+')
        {
            return null;
        }

        int length = end.Length;
        while (end.Sign == '-' && cursor.Position + length < cursor.Source.Length && WhiteSpace.Is(cursor.At(length)))
        {
            length++;
        }

        return length;
    }

    /// <summary>The first <c>{% endraw %}</c> from a place on: where it starts, its length, the sign before its end.</summary>
    public static (int Start, int Length, char Sign)? FindEnd(string source, int from)
    {
        for (int at = Next(source, from); at >= 0; at = Next(source, at + 2))
        {
            if (Match(source, at, "endraw") is { } end)
            {
                return (at, end.Length, end.Sign);
            }
        }

        return null;
    }

    private static int Next(string source, int from) =>
        from > source.Length ? -1 : source.IndexOf("{%", from, StringComparison.Ordinal);

    private static (int Length, char Sign)? Match(string source, int start, string word)
    {
        int at = start + 2;
        at += at < source.Length && (source[at] is '-' or '+') ? 1 : 0;
        at = AfterBlanks(source, at);
        if (string.CompareOrdinal(source, at, word, 0, word.Length) != 0)
        {
            return null;
        }

        at = AfterBlanks(source, at + word.Length);
        char sign = at < source.Length && (source[at] is '-' or '+') ? source[at] : '\0';
        at += sign == '\0' ? 0 : 1;
        return string.CompareOrdinal(source, at, "%}", 0, 2) == 0 ? (at + 2 - start, sign) : null;
    }

    private static int AfterBlanks(string source, int at)
    {
        while (at < source.Length && WhiteSpace.Is(source[at]))
        {
            at++;
        }

        return at;
    }
}
