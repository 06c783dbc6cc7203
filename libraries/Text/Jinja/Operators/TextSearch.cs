using DaprMoE.Text.Jinja.Evaluation;

namespace DaprMoE.Text.Jinja.Operators;

/// <summary>Finds text in text, in time that grows with the sum of the lengths and never with their product.</summary>
internal static class TextSearch
{
    private const int ShortPattern = 64;

    /// <summary>Index of the first match at or after <paramref name="from"/>, or -1.</summary>
    public static int IndexOf(string text, string pattern, int from, Meter? meter = null)
    {
        if (pattern.Length <= ShortPattern)
        {
            int at = text.IndexOf(pattern, from, StringComparison.Ordinal);
            meter?.Scan((at < 0 ? text.Length : at) - from + pattern.Length);
            return at;
        }

        int found = KnuthMorrisPratt(text, pattern, from);
        meter?.Scan((found < 0 ? text.Length : found) - from + pattern.Length);
        return found;
    }

    /// <summary>Index of the last match that ends at or before <paramref name="end"/>, or -1.</summary>
    public static int LastIndexOf(string text, string pattern, int end, Meter? meter = null)
    {
        ReadOnlySpan<char> searched = text.AsSpan(0, end);
        if (pattern.Length <= ShortPattern)
        {
            int at = searched.LastIndexOf(pattern);
            meter?.Scan(end - Math.Max(at, 0) + pattern.Length);
            return at;
        }

        int mirrored = IndexOf(Mirrored(searched), Mirrored(pattern), 0, meter);
        return mirrored < 0 ? -1 : end - pattern.Length - mirrored;
    }

    private static string Mirrored(ReadOnlySpan<char> text)
    {
        char[] units = text.ToArray();
        Array.Reverse(units);
        return new string(units);
    }

    private static int KnuthMorrisPratt(string text, string pattern, int from)
    {
        int[] fallback = Fallback(pattern);
        for (int i = from, matched = 0; i < text.Length; i++)
        {
            while (matched > 0 && text[i] != pattern[matched])
            {
                matched = fallback[matched - 1];
            }

            matched += text[i] == pattern[matched] ? 1 : 0;
            if (matched == pattern.Length)
            {
                return i - matched + 1;
            }
        }

        return -1;
    }

    /// <summary>For each prefix of the pattern the length of its longest proper border.</summary>
    private static int[] Fallback(string pattern)
    {
        int[] borders = new int[pattern.Length];
        for (int i = 1, border = 0; i < pattern.Length; i++)
        {
            while (border > 0 && pattern[i] != pattern[border])
            {
                border = borders[border - 1];
            }

            border += pattern[i] == pattern[border] ? 1 : 0;
            borders[i] = border;
        }

        return borders;
    }
}
