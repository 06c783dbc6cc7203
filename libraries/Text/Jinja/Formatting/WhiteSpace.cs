namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>White space as Python knows it: .NET's and the four separators U+001C to U+001F.</summary>
internal static class WhiteSpace
{
    public static bool Is(char one) => char.IsWhiteSpace(one) || one is >= '\u001c' and <= '\u001f';

    public static string TrimStart(string text) => text[Leading(text)..];

    public static string TrimEnd(string text)
    {
        int end = text.Length;
        while (end > 0 && Is(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    public static string Trim(string text) => TrimEnd(TrimStart(text));

    private static int Leading(string text)
    {
        int start = 0;
        while (start < text.Length && Is(text[start]))
        {
            start++;
        }

        return start;
    }
}
