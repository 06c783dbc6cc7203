using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Which ends of a text are meant.</summary>
[Flags]
internal enum Sides
{
    Start = 1,
    End = 2,
    Both = 3,
}

/// <summary>Takes characters off the ends of a text.</summary>
internal static class Stripping
{
    /// <summary>Strips the characters in <paramref name="characters"/>, or white space when it is null.</summary>
    public static string Strip(string text, string? characters, Sides sides)
    {
        if (characters is null)
        {
            string ended = sides.HasFlag(Sides.End) ? WhiteSpace.TrimEnd(text) : text;
            return sides.HasFlag(Sides.Start) ? WhiteSpace.TrimStart(ended) : ended;
        }

        HashSet<int> stripped = [.. CodePoints.Of(characters)];
        int start = 0;
        int end = text.Length;
        while (sides.HasFlag(Sides.Start) && start < end && stripped.Contains(CodeAt(text, start)))
        {
            start += CodePoints.Width(text, start);
        }

        while (sides.HasFlag(Sides.End) && end > start && stripped.Contains(CodeAt(text, Before(text, end))))
        {
            end = Before(text, end);
        }

        return text[start..end];
    }

    private static int CodeAt(string text, int at) => CodePoints.IsPair(text, at) ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];

    private static int Before(string text, int end) => end >= 2 && CodePoints.IsPair(text, end - 2) ? end - 2 : end - 1;
}
