namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>One <c>%(key)-05.2f</c> of a format; a negative precision means none is given.</summary>
internal sealed record PrintfField(
    string? Key, bool Left, bool Zero, bool Alternate, char Sign, int Width, int Precision, char Type, int End)
{
    /// <summary>Reads the field that starts at a percent sign; a star takes its number from the values.</summary>
    public static PrintfField Parse(string format, int percent, Func<int> nextWidth)
    {
        int at = percent + 1;
        string? key = ParseKey(format, ref at);
        string flags = "";
        while (at < format.Length && "-+ #0".Contains(format[at]))
        {
            flags += format[at++];
        }

        int width = ParseNumber(format, ref at, nextWidth) ?? 0;
        int precision = -1;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            precision = ParseNumber(format, ref at, nextWidth) ?? 0;
        }

        while (at < format.Length && (format[at] is 'h' or 'l' or 'L'))
        {
            at++;
        }

        if (at >= format.Length)
        {
            throw new JinjaException("incomplete format");
        }

        char sign = flags.Contains('+') ? '+' : flags.Contains(' ') ? ' ' : '\0';
        bool left = flags.Contains('-') || width < 0;
        width = width == int.MinValue ? int.MaxValue : Math.Abs(width);
        return new PrintfField(key, left, flags.Contains('0'), flags.Contains('#'), sign, width, precision, format[at], at + 1);
    }

    private static string? ParseKey(string format, ref int at)
    {
        if (at >= format.Length || format[at] != '(')
        {
            return null;
        }

        int close = format.IndexOf(')', at);
        if (close < 0)
        {
            throw new JinjaException("incomplete format key");
        }

        string key = format[(at + 1)..close];
        at = close + 1;
        return key;
    }

    private static int? ParseNumber(string format, ref int at, Func<int> nextWidth)
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            return nextWidth();
        }

        int? number = null;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            number = (int)Math.Min(int.MaxValue, ((number ?? 0) * 10L) + (format[at++] - '0'));
        }

        return number;
    }
}
