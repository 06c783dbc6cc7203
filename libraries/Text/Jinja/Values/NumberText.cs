using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Reads numbers from text as Python's <c>int()</c> and <c>float()</c> do.</summary>
internal static class NumberText
{
    private const int MaxDigits = 4300;

    /// <summary>The integer a text holds, or null.</summary>
    public static BigInteger? ParseInteger(string text, int radix)
    {
        string digits = WhiteSpace.Trim(text);
        bool negative = digits.StartsWith('-');
        digits = negative || digits.StartsWith('+') ? digits[1..] : digits;
        string prefix = radix switch
        {
            16 => "0x",
            8 => "0o",
            2 => "0b",
            _ => "",
        };
        digits = prefix.Length > 0 && digits.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        if (radix is < 2 or > 36 || WithoutUnderscores(digits) is not { } bare || bare.Length is 0 or > MaxDigits)
        {
            return null;
        }

        BigInteger number = BigInteger.Zero;
        foreach (char one in bare)
        {
            int digit = Digit(one);
            if (digit < 0 || digit >= radix)
            {
                return null;
            }

            number = (number * radix) + digit;
        }

        return negative ? -number : number;
    }

    /// <summary>The float a text holds, or null.</summary>
    public static double? ParseFloat(string text)
    {
        string trimmed = WhiteSpace.Trim(text);
        string word = trimmed.TrimStart('+', '-').ToLowerInvariant();
        bool isName = word is "inf" or "infinity" or "nan" && trimmed.Length - word.Length <= 1;
        if (isName)
        {
            return word == "nan" ? double.NaN : trimmed.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool parsed = double.TryParse(WithoutUnderscores(trimmed), Styles, CultureInfo.InvariantCulture, out double number);
        return parsed && trimmed.Any(char.IsAsciiDigit) ? number : null;
    }

    /// <summary>The text without single underscores between digits; null when one stands elsewhere.</summary>
    private static string? WithoutUnderscores(string text)
    {
        for (int i = text.IndexOf('_'); i >= 0; i = text.IndexOf('_', i + 1))
        {
            bool between = i > 0 && i + 1 < text.Length && Digit(text[i - 1]) >= 0 && Digit(text[i + 1]) >= 0;
            if (!between)
            {
                return null;
            }
        }

        return text.Replace("_", "", StringComparison.Ordinal);
    }

    private static int Digit(char one) => one switch
    {
        >= '0' and <= '9' => one - '0',
        >= 'a' and <= 'z' => one - 'a' + 10,
        >= 'A' and <= 'Z' => one - 'A' + 10,
        _ => CharUnicodeInfo.GetDecimalDigitValue(one),
    };
}
